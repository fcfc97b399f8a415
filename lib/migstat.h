/* migstat: statistics for migration data. All public headers.
 *
 * Compile with `pkg-config --cflags --libs migstat` and include as <migstat/migstat.h>. Each header says what its
 * functions compute, who owns what, and which errors there are; base/error.h comes first.
 */
#ifndef MIGSTAT_MIGSTAT_H
#define MIGSTAT_MIGSTAT_H

#include "base/decimal.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/memory.h"
#include "base/moments.h"
#include "base/period.h"
#include "base/random.h"
#include "base/rational.h"
#include "base/sum.h"
#include "base/text.h"

#include "input/cleaner.h"
#include "input/dialect.h"
#include "input/header.h"
#include "input/input.h"
#include "input/propose.h"
#include "input/reader.h"
#include "input/rewrite.h"
#include "input/schema.h"
#include "input/source.h"

#include "table/cases.h"
#include "table/expression.h"
#include "table/frame.h"
#include "table/join.h"
#include "table/keys.h"
#include "table/moments.h"
#include "table/names.h"
#include "table/order.h"
#include "table/parts.h"
#include "table/quotient.h"
#include "table/reshape.h"
#include "table/selection.h"
#include "table/series.h"
#include "table/tally.h"
#include "table/tuples.h"

#include "place/crosswalk.h"
#include "place/fold.h"
#include "place/gazetteer.h"
#include "place/matcher.h"
#include "place/variants.h"

#include "stats/cluster.h"
#include "stats/comparison.h"
#include "stats/contingency.h"
#include "stats/decomposition.h"
#include "stats/distribution.h"
#include "stats/estimate.h"
#include "stats/fisher.h"
#include "stats/growth.h"
#include "stats/heaping.h"
#include "stats/histogram.h"
#include "stats/inequality.h"
#include "stats/kendall.h"
#include "stats/least_squares.h"
#include "stats/mean.h"
#include "stats/ordered.h"
#include "stats/outliers.h"
#include "stats/proportion.h"
#include "stats/quantile.h"
#include "stats/rate.h"
#include "stats/ratio.h"
#include "stats/simulate.h"
#include "stats/spacing.h"
#include "stats/standardisation.h"
#include "stats/strata.h"
#include "stats/summary.h"
#include "stats/theil_sen.h"

#include "evidence/quality.h"
#include "evidence/roles.h"

#include "output/writer.h"

#endif
