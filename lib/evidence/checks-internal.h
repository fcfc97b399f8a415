/* The functions of each check, for the table in checks.c. The files are check-*.c. */
#ifndef MIGSTAT_EVIDENCE_CHECKS_INTERNAL_H
#define MIGSTAT_EVIDENCE_CHECKS_INTERNAL_H

#include "quality-internal.h"

#define MIG_CHECK_LOOK(name) \
    enum mig_status name(struct mig_check_group *group, const struct mig_row *row, struct mig_error *error)
#define MIG_CHECK_END(name) enum mig_status name(struct mig_check_group *group, struct mig_error *error)
#define MIG_CHECK_RELEASE(name) void name(void *state)

/* For checks that compare cells of one row: says how many rows could not be compared. In check-totals.c. */
MIG_CHECK_END(mig_end_compared);

/* check-rows.c */
MIG_CHECK_LOOK(mig_look_row_length);

/* check-total-rows.c */
extern const size_t mig_total_rows_state;
MIG_CHECK_LOOK(mig_look_total_row);
MIG_CHECK_END(mig_end_total_row);
MIG_CHECK_RELEASE(mig_release_total_rows);

/* check-missing.c */
extern const size_t mig_missing_state;
MIG_CHECK_LOOK(mig_look_missing);
MIG_CHECK_END(mig_end_missing);
MIG_CHECK_RELEASE(mig_release_missing);

/* check-duplicates.c */
extern const size_t mig_duplicates_state;
MIG_CHECK_LOOK(mig_look_duplicate_row);
MIG_CHECK_LOOK(mig_look_duplicate_key);
MIG_CHECK_RELEASE(mig_release_duplicates);

/* check-totals.c */
MIG_CHECK_LOOK(mig_look_total);
MIG_CHECK_LOOK(mig_look_sex_zero);

/* check-levels.c */
extern const size_t mig_levels_state;
MIG_CHECK_LOOK(mig_look_levels);
MIG_CHECK_END(mig_end_levels);
MIG_CHECK_RELEASE(mig_release_levels);

/* check-counts.c */
MIG_CHECK_LOOK(mig_look_negative_count);
MIG_CHECK_LOOK(mig_look_decimal_count);
MIG_CHECK_LOOK(mig_look_not_a_count);

/* check-digits.c */
extern const size_t mig_digits_state;
MIG_CHECK_LOOK(mig_look_digits);
MIG_CHECK_END(mig_end_masked_count);
MIG_CHECK_END(mig_end_rounded_count);
MIG_CHECK_END(mig_end_final_digit);

/* check-ages.c */
extern const size_t mig_ages_state;
MIG_CHECK_LOOK(mig_look_ages);
MIG_CHECK_END(mig_end_ages);

/* check-dates.c */
extern const size_t mig_date_forms_state;
MIG_CHECK_LOOK(mig_look_date_span);
MIG_CHECK_LOOK(mig_look_future_date);
MIG_CHECK_LOOK(mig_look_date_form);
MIG_CHECK_END(mig_end_date_form);

/* check-points.c */
extern const size_t mig_points_state;
MIG_CHECK_LOOK(mig_look_point);
MIG_CHECK_END(mig_end_point);
MIG_CHECK_RELEASE(mig_release_points);

/* check-places.c */
extern const size_t mig_places_state;
MIG_CHECK_LOOK(mig_look_place_name);
MIG_CHECK_LOOK(mig_look_place_parent);
MIG_CHECK_END(mig_end_place_parent);
MIG_CHECK_RELEASE(mig_release_places);

/* check-coverage.c */
extern const size_t mig_coverage_state;
MIG_CHECK_LOOK(mig_look_coverage);
MIG_CHECK_END(mig_end_coverage);
MIG_CHECK_RELEASE(mig_release_coverage);

/* check-outliers.c */
extern const size_t mig_outliers_state;
MIG_CHECK_LOOK(mig_look_outliers);
MIG_CHECK_END(mig_end_outliers);
MIG_CHECK_RELEASE(mig_release_outliers);

#endif
