/* Places on the map: latitude and longitude swapped, of the wrong sign, or outside. */
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "table/names.h"

/* A point that nothing is wrong with by itself. */
struct point {
    double latitude, longitude;
    uint32_t area;
    struct mig_spot spot;
};

struct points {
    struct mig_names *areas;
    struct point *items;
    size_t count;
    size_t capacity;
};
const size_t mig_points_state = sizeof(struct points);

MIG_CHECK_RELEASE(mig_release_points)
{
    struct points *points = state;
    mig_names_free(points->areas);
    free(points->items);
}

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

/* Without bounds, the points of one area are compared at the end. */
static enum mig_status keep_point(struct mig_check_group *group, const struct mig_row *row,
    const double point[2], struct mig_error *error)
{
    const struct mig_quality_options *options = mig_run_options(group->run);
    const struct mig_role *areas = &options->roles->of[MIG_ROLE_AREA];
    struct points *points = group->state;
    struct point kept = {point[0], point[1], 0, mig_spot_of(group->run, row)};
    if (options->bounds || areas->count == 0)
        return MIG_OK;
    struct mig_text area = mig_run_name(group->run, row, areas->groups[0].columns[0]);
    if (area.length == 0)
        return MIG_OK;
    enum mig_status status = points->areas ? MIG_OK : mig_names_new(&points->areas, error);
    if (!status)
        status = mig_names_code(points->areas, area, &kept.area, error);
    if (status)
        return status;
    struct point *items =
        mig_grow(points->items, &points->capacity, points->count + 1, sizeof *items);
    if (!items)
        return mig_fail_memory(error);
    points->items = items;
    items[points->count++] = kept;
    return MIG_OK;
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
        return keep_point(group, row, point, error);
    return mig_find_in_row(
        group, severity, row, columns, 2, error, fault, ""); /* takes no argument */
}

/* ---- points that stand out among those of their area ---- */

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int compare_points(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    if (x->area != y->area)
        return x->area < y->area ? -1 : 1;
    if (x->spot.file != y->spot.file)
        return x->spot.file < y->spot.file ? -1 : 1;
    return (x->spot.line > y->spot.line) - (x->spot.line < y->spot.line);
}

/* The middle one of n > 0 latitudes, or longitudes. `numbers` has room for them. */
static double median_of(const struct point *points, size_t n, bool latitude, double *numbers)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = latitude ? points[i].latitude : points[i].longitude;
    qsort(numbers, n, sizeof *numbers, compare_numbers);
    return numbers[n / 2];
}

/* Where the points of an area lie. */
struct area {
    double latitude, longitude; /* medians */
    double reach;               /* degrees from there within which 9 of 10 points lie */
};

static double distance(const struct area *area, double latitude, double longitude)
{
    return hypot(latitude - area->latitude, longitude - area->longitude);
}

static struct area find_area(const struct point *points, size_t n, double *numbers)
{
    struct area area = {
        median_of(points, n, true, numbers), median_of(points, n, false, numbers), 0};
    for (size_t i = 0; i < n; i++)
        numbers[i] = distance(&area, points[i].latitude, points[i].longitude);
    qsort(numbers, n, sizeof *numbers, compare_numbers);
    area.reach = numbers[(9 * n + 9) / 10 - 1];
    return area;
}

static enum mig_status report_swapped(struct mig_check_group *group, const struct point *point,
    size_t others, struct mig_error *error)
{
    const struct points *points = group->state;
    struct mig_text area =
        mig_text_head(mig_names_text(points->areas, point->area), MIG_TEXT_QUOTED);
    struct mig_buffer value = {0};
    enum mig_status status = mig_buffer_print(
        &value, error, "%s; %s", MIG_BRIEF(point->latitude), MIG_BRIEF(point->longitude));
    if (!status)
        status = mig_find(group, MIG_SEVERITY_WARN, point->spot, group->columns, 2,
            mig_buffer_text(&value), error,
            N_("far from the %zu other points of '%.*s'; with latitude and longitude exchanged it "
               "lies among them"),
            others, MIG_TEXT_ARG(area));
    mig_buffer_release(&value);
    return status;
}

/* Judges the n points of one area. A point is swapped when it lies well beyond the reach of the
 * area, and within it once it is exchanged. */
static enum mig_status judge_area(struct mig_check_group *group, const struct point *points,
    size_t n, double *numbers, struct mig_error *error)
{
    enum { LEAST = 10 };
    const double beyond = 1.5;
    enum mig_status status = MIG_OK;
    if (n < LEAST)
        return MIG_OK;
    struct area area = find_area(points, n, numbers);
    for (size_t i = 0; i < n && !status; i++)
        if (distance(&area, points[i].latitude, points[i].longitude) > beyond * area.reach &&
            distance(&area, points[i].longitude, points[i].latitude) <= area.reach)
            status = report_swapped(group, &points[i], n - 1, error);
    return status;
}

MIG_CHECK_END(mig_end_point)
{
    struct points *points = group->state;
    enum mig_status status = MIG_OK;
    if (mig_run_options(group->run)->bounds)
        return MIG_OK;
    group->run->note =
        N_("no --bounds: impossible values only, and points swapped in their --area");
    double *numbers = calloc(points->count + 1, sizeof *numbers);
    if (!numbers)
        return mig_fail_memory(error);
    if (points->count > 0)
        qsort(points->items, points->count, sizeof *points->items, compare_points);
    for (size_t from = 0, to; from < points->count && !status; from = to) {
        for (to = from + 1;
             to < points->count && points->items[to].area == points->items[from].area;)
            to++;
        status = judge_area(group, &points->items[from], to - from, numbers, error);
    }
    free(numbers);
    return status;
}
