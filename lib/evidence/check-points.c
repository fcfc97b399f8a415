/* Places on the map: latitude and longitude swapped, of the wrong sign, or outside. */
#include <math.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"

static bool lies_in(const struct mig_bounds *bounds, double latitude, double longitude)
{
    return longitude >= bounds->west && longitude <= bounds->east && latitude >= bounds->south &&
           latitude <= bounds->north;
}

static bool read_degrees(struct mig_text text, double *degrees)
{
    struct mig_decimal number;
    if (mig_decimal_parse(mig_text_trim(text), &number, NULL) != MIG_OK)
        return false;
    *degrees = mig_decimal_to_double(&number);
    return true;
}

/* Two columns, or one that holds "LATITUDE, LONGITUDE". */
static bool read_point(
    const struct mig_check_group *group, const struct mig_row *row, double point[2])
{
    struct mig_text latitude = mig_run_text(group->run, row, group->columns[0]);
    struct mig_text longitude = mig_run_text(group->run, row, group->columns[1]);
    if (group->columns[0] == group->columns[1]) {
        size_t comma = 0;
        while (comma < latitude.length && latitude.data[comma] != ',')
            comma++;
        if (comma == latitude.length)
            return false;
        longitude = (struct mig_text){latitude.data + comma + 1, latitude.length - comma - 1};
        latitude.length = comma;
    }
    return read_degrees(latitude, &point[0]) && read_degrees(longitude, &point[1]);
}

/* What is wrong with a point, or NULL. */
static const char *judge(
    const struct mig_bounds *bounds, double latitude, double longitude, enum mig_severity *severity)
{
    static const struct mig_bounds earth = {-180, -90, 180, 90};
    *severity = MIG_SEVERITY_ERROR;
    if (!lies_in(&earth, latitude, longitude))
        return lies_in(bounds ? bounds : &earth, longitude, latitude)
                   ? N_("not on the map; latitude and longitude seem to be swapped")
                   : N_("not on the map: a latitude is from -90 to 90, a longitude from -180 to "
                        "180");
    if (latitude == 0 && longitude == 0)
        return N_("0, 0 lies in the Gulf of Guinea: a missing place written as 0?");
    if (!bounds || lies_in(bounds, latitude, longitude))
        return NULL;
    if (lies_in(bounds, longitude, latitude))
        return N_("outside the bounds; latitude and longitude seem to be swapped");
    if (lies_in(bounds, latitude, -longitude) || lies_in(bounds, -latitude, longitude))
        return N_("outside the bounds; a sign seems to be lost");
    *severity = MIG_SEVERITY_WARN;
    return N_("outside the bounds");
}

MIG_CHECK_LOOK(mig_look_point)
{
    const size_t *columns = group->columns;
    const struct mig_check_run *run = group->run;
    double point[2];
    enum mig_severity severity;
    bool no_latitude = mig_run_text(run, row, columns[0]).length == 0;
    bool no_longitude = mig_run_text(run, row, columns[1]).length == 0;
    if (no_latitude && no_longitude)
        return MIG_OK;
    group->run->looked = true;
    if (no_latitude || no_longitude)
        return mig_find_in_row(group, MIG_SEVERITY_WARN, row, columns, 2, error,
            N_("one of latitude and longitude is missing"));
    if (!read_point(group, row, point))
        return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, columns, 2, error,
            N_("not a latitude and a longitude in decimal degrees"));
    const char *fault = judge(mig_run_options(run)->bounds, point[0], point[1], &severity);
    if (!fault)
        return MIG_OK;
    return mig_find_in_row(
        group, severity, row, columns, 2, error, fault, ""); /* takes no argument */
}
