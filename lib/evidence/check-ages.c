/* Ages that gather on preferred digits, and ages that nobody has. */
#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "stats/heaping.h"

enum { OLDEST = 120 };

struct ages {
    double persons[OLDEST + 1];
};
const size_t mig_ages_state = sizeof(struct ages);

MIG_CHECK_LOOK(mig_look_ages)
{
    struct ages *ages = group->state;
    struct mig_decimal age, persons = mig_decimal_of_count(1);
    uint64_t years, number;
    if (!mig_run_number(group->run, row, group->columns[0], &age))
        return MIG_OK;
    if (group->count > 1 && !mig_run_number(group->run, row, group->columns[1], &persons))
        return MIG_OK;
    group->run->looked = true;
    const struct mig_decimal oldest = mig_decimal_of_count(OLDEST);
    if (mig_decimal_is_negative(&age) || mig_decimal_compare(&age, &oldest) > 0)
        return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, group->columns, 1, error,
            N_("an age is not between 0 and %d"), OLDEST);
    if (mig_decimal_to_count(&age, &years) && mig_decimal_to_count(&persons, &number))
        ages->persons[years] += (double)number;
    return MIG_OK;
}

/* Below 105 the United Nations call ages highly accurate, from 125 on rough. */
MIG_CHECK_END(mig_end_ages)
{
    const double least = 100, accurate = 105, rough = 125;
    const double *persons = ((const struct ages *)group->state)->persons;
    const struct mig_spot nowhere = {0};
    struct mig_heaping whipple, myers, bachi;
    double adults = 0;
    for (size_t age = 23; age <= 62; age++)
        adults += persons[age];
    if (adults < least) {
        group->run->note = N_("fewer than 100 persons aged 23 to 62: heaping is not judged");
        return MIG_OK;
    }
    enum mig_status status = mig_whipple(persons, OLDEST + 1, &whipple, error);
    if (!status)
        status = mig_myers(persons, OLDEST + 1, &myers, error);
    if (!status)
        status = mig_bachi(persons, OLDEST + 1, &bachi, error);
    if (status || whipple.index < accurate)
        return status;
    return mig_find(group, whipple.index >= rough ? MIG_SEVERITY_WARN : MIG_SEVERITY_NOTE, nowhere,
        group->columns, 1, mig_text_of(MIG_BRIEF(whipple.index)), error,
        N_("ages gather on 0 and 5: Whipple's index %s (100: not at all, 500: all), Myers %s and "
           "Bachi %s per cent with a wrong final digit, of %s persons aged 23 to 62"),
        MIG_BRIEF(whipple.index), MIG_BRIEF(myers.index), MIG_BRIEF(bachi.index),
        MIG_BRIEF(adults));
}
