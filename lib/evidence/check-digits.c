/* The digits of counts: masked small ones, round ones, preferred final digits. */
#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "stats/heaping.h"

struct digits {
    double small[10]; /* values 1 to 9 */
    double
        final[10]; /* final digits of values from 100 up, where every digit is about as frequent */
    double thousand_up; /* values from 1000 up */
    double hundreds;    /* of them, multiples of 100 */
    double thousands;   /* and of 1000 */
};
const size_t mig_digits_state = sizeof(struct digits);

MIG_CHECK_LOOK(mig_look_digits)
{
    struct digits *digits = group->state;
    struct mig_decimal number;
    uint64_t count;
    (void)error;
    if (!mig_run_number(group->run, row, group->columns[0], &number) ||
        !mig_decimal_to_count(&number, &count) || count == 0)
        return MIG_OK;
    group->run->looked = true;
    if (count < 10)
        digits->small[count]++;
    if (count >= 100)
        digits->final[count % 10]++;
    if (count >= 1000) {
        digits->thousand_up++;
        digits->hundreds += count % 100 == 0;
        digits->thousands += count % 1000 == 0;
    }
    return MIG_OK;
}

/* Too few values to judge by. */
static void note_few(struct mig_check_group *group)
{
    group->run->note = N_("too few large counts in some columns: not judged there");
}

static enum mig_status report(struct mig_check_group *group, enum mig_severity severity,
    double part, double whole, struct mig_error *error, const char *format, const char *a,
    const char *b)
{
    const struct mig_spot nowhere = {0};
    struct mig_buffer value = {0};
    enum mig_status status =
        mig_buffer_print(&value, error, "%s/%s", MIG_BRIEF(part), MIG_BRIEF(whole));
    if (!status)
        status = mig_find(group, severity, nowhere, group->columns, 1, mig_buffer_text(&value),
            error, format, a, b);
    mig_buffer_release(&value);
    return status;
}

/* Fives enough to be seen, at least half as many again as sixes to nines on average, and next to
 * nothing below. */
MIG_CHECK_END(mig_end_masked_count)
{
    const double least = 5, excess = 1.5, trace = 0.02;
    const struct digits *digits = group->state;
    const double *n = digits->small;
    double below = n[1] + n[2] + n[3] + n[4];
    double above = (n[6] + n[7] + n[8] + n[9]) / 4;
    if (n[5] < least || n[5] < excess * above || below > trace * n[5])
        return MIG_OK;
    return report(group, MIG_SEVERITY_WARN, n[5], below + n[5] + 4 * above, error,
        N_("%s counts are 5 and %s are 1 to 4: small counts seem to be masked as 5, so that sums "
           "of "
           "them are too high"),
        MIG_BRIEF(n[5]), MIG_BRIEF(below));
}

MIG_CHECK_END(mig_end_rounded_count)
{
    const double least = 20, some = 0.1, many = 0.5;
    const struct digits *digits = group->state;
    double share = digits->hundreds / digits->thousand_up;
    if (digits->thousand_up < least)
        note_few(group);
    if (digits->thousand_up < least || share < some)
        return MIG_OK;
    return report(group, share >= many ? MIG_SEVERITY_WARN : MIG_SEVERITY_NOTE, digits->hundreds,
        digits->thousand_up, error,
        N_("%s %% of the counts from 1000 up are multiples of 100 (1 %% by chance), %s %% of 1000: "
           "estimates, not counts"),
        MIG_BRIEF(100 * share), MIG_BRIEF(100 * digits->thousands / digits->thousand_up));
}

/* The test rejects any large file; the share of 0 and 5 says whether it matters. */
MIG_CHECK_END(mig_end_final_digit)
{
    const double least = 50, level = 0.001, some = 0.3, many = 0.5;
    const struct digits *digits = group->state;
    struct mig_final_digits test;
    enum mig_status status = mig_final_digits(digits->final, &test, error);
    if (!status && test.total < least)
        note_few(group);
    if (status || test.total < least || test.p_value > level || test.zero_five < some)
        return status;
    return report(group, test.zero_five >= many ? MIG_SEVERITY_WARN : MIG_SEVERITY_NOTE,
        digits->final[0] + digits->final[5], test.total, error,
        N_("%s %% of the counts from 100 up end in 0 or 5 (20 %% by chance; chi-squared %s on 9 "
           "degrees of freedom): rounded"),
        MIG_BRIEF(100 * test.zero_five), MIG_BRIEF(test.chi_squared));
}
