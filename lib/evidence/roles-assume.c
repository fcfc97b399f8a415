/* Which columns are what, by their names and HXL tags. Rules are tables of words; the manual
 * repeats them. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "evidence/roles-internal.h"

enum { MOST_LEVELS = 6, NAMED_LEVELS = 4 };
enum { MOST_ALONE = 2 }; /* below that level, places of one name but for an accent may be two */

/* The words of every column's name and tag: "admin1Name" is "admin 1 name". */
struct words {
    const struct mig_header *header;
    struct mig_buffer *names;
    struct mig_buffer *tags;
    struct entry
        *by_name; /* in the order of the texts, so that another name is found fast among many */
    struct entry *by_tag;
};

struct entry {
    const char *text;
    size_t column;
};

static const char *const count_words[] = {"number", "num", "nombre", "nb", "nbr", "effectif",
    "effectifs", "count", "counts", "total", "totals", "person", "persons", "people", "personne",
    "personnes", "individual", "individuals", "individu", "individus", "household", "households",
    "hh", "menage", "menages", "famille", "familles", "families", "population", "habitants",
    "inhabitants", "pop", "refugee", "refugees", "refugie", "refugies", "idps", "idp", "pdi",
    "deplaces", "returnee", "returnees", "returned", "returns", "retournes", "retours", "rapatries",
    "migrants", "arrivals", "arrivees", "departures", "departs", "displaced", "displacement",
    "displacements", "deplacements", "stateless", "apatrides", "asylum", "asile", "resettlement",
    "reinstallation", "naturalisation", "naturalisations", "reintegrated", "reintegres",
    "survivors", "survivants", "dead", "deaths", "morts", "deces", "disparus", "killed", "injured",
    "blesses", "fatalities", "victims", "victimes", "beneficiaries", "beneficiaires", "male",
    "males", "female", "females", "femmes", "hommes", "men", "women", "girls", "boys", "filles",
    "garcons", "children", "enfants", "adults", "adultes", "minors", "mineurs", "elderly", "ooc",
    "oip", "hst", NULL};
static const char *const count_tags[] = {
    "affected", "population", "reached", "targeted", "inneed", NULL};
static const char *const not_counts[] = {"reason", "type", "date", "name", "nom", "code", "pcode",
    "id", "year", "annee", "month", "mois", "region", "status", "cause", "category", "url", "rate",
    "taux", "percent", "pct", "share", "part", "ratio", "index", "indice", "mean", "average",
    "moyenne", "median", "density", "densite", "lat", "lon", "age", "accuracy", "source", "unit",
    "note", "method", "level", "group", "groupe", "flag", "size", "taille", "mean", "head", "chef",
    "description", NULL};

static bool has_any(const struct mig_buffer *words, const char *const *list)
{
    bool has = false;
    for (size_t i = 0; list[i] && !has; i++)
        has = mig_fold_has(words, list[i]);
    return has;
}

static bool is(const struct mig_buffer *words, const char *text)
{
    return words->data && strcmp(words->data, text) == 0;
}

static bool is_any(const struct mig_buffer *words, const char *const *list)
{
    bool found = false;
    for (size_t i = 0; list[i] && !found; i++)
        found = is(words, list[i]);
    return found;
}

static void words_release(struct words *words)
{
    for (size_t i = 0; i < words->header->count; i++) {
        if (words->names)
            mig_buffer_release(&words->names[i]);
        if (words->tags)
            mig_buffer_release(&words->tags[i]);
    }
    free(words->names);
    free(words->tags);
    free(words->by_name);
    free(words->by_tag);
    *words = (struct words){0};
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

static struct entry *sort_texts(const struct mig_buffer *texts, size_t count)
{
    struct entry *entries = calloc(count + 1, sizeof *entries);
    for (size_t i = 0; entries && i < count; i++)
        entries[i] = (struct entry){texts[i].data, i};
    if (entries && count > 0)
        qsort(entries, count, sizeof *entries, compare_entries);
    return entries;
}

static enum mig_status words_init(
    struct words *words, const struct mig_header *header, struct mig_error *error)
{
    *words = (struct words){.header = header};
    words->names = calloc(header->count + 1, sizeof *words->names);
    words->tags = calloc(header->count + 1, sizeof *words->tags);
    enum mig_status status = words->names && words->tags ? MIG_OK : mig_fail_memory(error);
    for (size_t i = 0; i < header->count && !status; i++) {
        status = mig_fold_name(mig_text_of(header->names[i]), &words->names[i], error);
        if (!status)
            status = mig_fold_name(
                mig_text_of(header->tags ? header->tags[i] : ""), &words->tags[i], error);
    }
    if (!status) {
        words->by_name = sort_texts(words->names, header->count);
        words->by_tag = sort_texts(words->tags, header->count);
        status = words->by_name && words->by_tag ? MIG_OK : mig_fail_memory(error);
    }
    if (status)
        words_release(words);
    return status;
}

/* "f 0 4", "m total": UNHCR's columns of one sex. */
static bool is_sex_and_age(const struct mig_buffer *name)
{
    const char *text = name->data;
    return (text[0] == 'f' || text[0] == 'm') && text[1] == ' ' &&
           (isdigit((unsigned char)text[2]) || strcmp(text + 2, "total") == 0 ||
               strcmp(text + 2, "other") == 0);
}

static bool is_count(const struct words *words, size_t i)
{
    const struct mig_buffer *name = &words->names[i];
    if (is_sex_and_age(name) || has_any(&words->tags[i], count_tags) || is(name, "n"))
        return true;
    return has_any(name, count_words) && !has_any(name, not_counts) && words->tags[i].length == 0;
}

static bool is_date(const struct words *words, size_t i)
{
    static const char *const dates[] = {"date", "dates", "datetime", "valid on", "valid from",
        "valid to", "submission time", "submissiondate", "jour", NULL};
    static const char *const years[] = {
        "year", "annee", "an", "reporting year", "annee de reference", "incident year", NULL};
    static const char *const not_dates[] = {
        "accuracy", "type", "source", "status", "format", "precision", NULL};
    return (has_any(&words->names[i], dates) && !has_any(&words->names[i], not_dates)) ||
           mig_fold_has(&words->tags[i], "date") || is_any(&words->names[i], years);
}

typedef bool column_rule(const struct words *words, size_t i);

static enum mig_status add_each(
    struct mig_role *role, const struct words *words, column_rule *rule, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < words->header->count && !status; i++)
        if (rule(words, i))
            status = mig_role_add(role, &i, 1, error);
    return status;
}

static enum mig_status assume_counts(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    return add_each(role, words, is_count, error);
}

static enum mig_status assume_dates(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    return add_each(role, words, is_date, error);
}

/* A text in three pieces; the last ends with a NUL. */
struct pieces {
    struct mig_text before;
    struct mig_text word;
    const char *after;
};

static int compare_pieces(const char *text, const struct pieces *pieces)
{
    int order = strncmp(text, pieces->before.data, pieces->before.length);
    if (order == 0)
        order = strncmp(text + pieces->before.length, pieces->word.data, pieces->word.length);
    return order != 0 ? order
                      : strcmp(text + pieces->before.length + pieces->word.length, pieces->after);
}

/* The first entry that is not below the pieces. */
static size_t find_entry(const struct entry *entries, size_t count, const struct pieces *pieces)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_pieces(entries[middle].text, pieces) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first column whose name (or tag: as `texts` are) consists of the pieces. */
static size_t find_pieces(
    const struct words *words, const struct mig_buffer *texts, const struct pieces *pieces)
{
    const struct entry *entries = texts == words->names ? words->by_name : words->by_tag;
    size_t at = find_entry(entries, words->header->count, pieces);
    bool found = at < words->header->count && compare_pieces(entries[at].text, pieces) == 0;
    return found ? entries[at].column : SIZE_MAX;
}

/* The text of `texts`, names or tags, that is text `i` with the word `from` replaced by `to`. */
static size_t find_twin(const struct words *words, const struct mig_buffer *texts, size_t i,
    const char *from, const char *to)
{
    const char *name = texts[i].data;
    size_t length = strlen(from), first = SIZE_MAX;
    for (const char *at = strstr(name, from); at; at = strstr(at + 1, from)) {
        const struct pieces pieces = {{name, (size_t)(at - name)}, mig_text_of(to), at + length};
        bool word = (at == name || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ');
        size_t found = word ? find_pieces(words, texts, &pieces) : SIZE_MAX;
        first = found < first ? found : first;
    }
    return first;
}

static enum mig_status assume_spans(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    static const char *const pairs[][2] = {{"start", "end"}, {"begin", "end"}, {"debut", "fin"},
        {"from", "to"}, {"du", "au"}, {"valid on", "valid to"}};
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < words->header->count; i++)
        for (size_t p = 0; p < sizeof pairs / sizeof *pairs && !status; p++) {
            size_t columns[2] = {i, find_twin(words, words->names, i, pairs[p][0], pairs[p][1])};
            bool dates =
                columns[1] != SIZE_MAX && (is_date(words, i) || is(&words->names[i], pairs[p][0]));
            if (dates)
                status = mig_role_add(role, columns, 2, error);
        }
    return status;
}

static size_t find_word(const struct words *words, const char *const *names, const char *tag_word)
{
    for (size_t i = 0; i < words->header->count; i++)
        if (is_any(&words->names[i], names) ||
            (mig_fold_has(&words->tags[i], "geo") && mig_fold_has(&words->tags[i], tag_word)))
            return i;
    return SIZE_MAX;
}

/* The one column with one of the words; SIZE_MAX: none, or several. */
static size_t find_only(const struct words *words, const char *const *list)
{
    static const char *const not_places[] = {
        "origin", "origine", "destination", "dest", "accuracy", "precision", NULL};
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < words->header->count; i++)
        if (has_any(&words->names[i], list) && !has_any(&words->names[i], not_places)) {
            if (found != SIZE_MAX)
                return SIZE_MAX;
            found = i;
        }
    return found;
}

static enum mig_status assume_points(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    static const char *const latitudes[] = {"latitude", "lat", NULL};
    static const char *const longitudes[] = {"longitude", "lon", "long", "lng", NULL};
    static const char *const both[] = {"coordinates", "location coordinates", "location coodinates",
        "coordonnees", "coordonnees gps", "gps", "geopoint", NULL};
    size_t columns[2] = {find_word(words, latitudes, "lat"), find_word(words, longitudes, "lon")};
    if (columns[0] == SIZE_MAX || columns[1] == SIZE_MAX) {
        columns[0] = find_only(words, latitudes);
        columns[1] = find_only(words, longitudes);
    }
    if (columns[0] == SIZE_MAX && columns[1] == SIZE_MAX)
        columns[0] = columns[1] = find_word(words, both, "coord");
    bool found = columns[0] != SIZE_MAX && columns[1] != SIZE_MAX;
    return found ? mig_role_add(role, columns, 2, error) : MIG_OK;
}

/* The total of the sexes that column `i`, of women, is one of: the word for women replaced by one
 * for all, or left out. */
static size_t find_all_sexes(
    const struct words *words, const struct mig_buffer *texts, size_t i, const char *women)
{
    static const char *const all[] = {
        "total", "totals", "ind", "individuals", "all", "personnes", "persons", "both", "ensemble"};
    size_t found = SIZE_MAX;
    for (size_t a = 0; a < sizeof all / sizeof *all && found == SIZE_MAX; a++)
        found = find_twin(words, texts, i, women, all[a]);
    /* "femmes retournees" is of "retournees", "idps f" of "idps": without a blank too many */
    const char *text = texts[i].data;
    size_t length = strlen(text), word = strlen(women);
    bool last =
        length > word && text[length - word - 1] == ' ' && strcmp(text + length - word, women) == 0;
    bool first = length > word && strncmp(text, women, word) == 0 && text[word] == ' ';
    const struct pieces without_last = {{text, last ? length - word - 1 : 0}, {"", 0}, ""};
    const struct pieces without_first = {{"", 0}, {"", 0}, first ? text + word + 1 : ""};
    size_t stem = SIZE_MAX, rest = SIZE_MAX;
    if (found == SIZE_MAX && last)
        stem = find_pieces(words, texts, &without_last);
    if (found == SIZE_MAX && first)
        rest = find_pieces(words, texts, &without_first);
    if (found == SIZE_MAX)
        found = stem < rest ? stem : rest;
    return found;
}

static enum mig_status assume_sexes_of(struct mig_role *role, const struct words *words,
    const struct mig_buffer *texts, struct mig_error *error)
{
    static const char *const pairs[][2] = {{"f", "m"}, {"female", "male"}, {"females", "males"},
        {"women", "men"}, {"girls", "boys"}, {"femme", "homme"}, {"femmes", "hommes"},
        {"de femmes", "d hommes"}, {"filles", "garcons"}, {"feminin", "masculin"}};
    enum mig_status status = MIG_OK;
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++)
        for (size_t i = 0; i < words->header->count && status == MIG_OK; i++) {
            size_t columns[3] = {i, find_twin(words, texts, i, pairs[p][0], pairs[p][1]), SIZE_MAX};
            if (columns[1] != SIZE_MAX)
                columns[2] = find_all_sexes(words, texts, i, pairs[p][0]);
            if (columns[2] != SIZE_MAX && columns[2] != i && columns[2] != columns[1])
                status = mig_role_add(role, columns, 3, error);
        }
    return status;
}

static enum mig_status assume_sexes(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    static const char *const names[] = {"number females", "number males", "num present idp ind"};
    size_t columns[3];
    enum mig_status status = assume_sexes_of(role, words, words->tags, error);
    if (status == MIG_OK && role->count == 0)
        status = assume_sexes_of(role, words, words->names, error);
    bool found = role->count == 0;
    for (size_t j = 0; j < 3; j++) {
        const char *const wanted[] = {names[j], NULL};
        columns[j] = find_word(words, wanted, "no tag");
        found = found && columns[j] != SIZE_MAX;
    }
    return status == MIG_OK && found ? mig_role_add(role, columns, 3, error) : status;
}

static enum mig_status assume_level(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    static const char *const names[] = {"admin level", "adm level", "administrative level",
        "niveau administratif", "niveau admin", "niveau", NULL};
    size_t column = find_word(words, names, "admin level");
    return column != SIZE_MAX ? mig_role_add(role, &column, 1, error) : MIG_OK;
}

static enum mig_status assume_age(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    static const char *const names[] = {"age", "age years", "age in years", "age en annees", NULL};
    size_t columns[2] = {find_word(words, names, "no tag"), SIZE_MAX};
    static const char *const counts[] = {"n", NULL};
    if (columns[0] == SIZE_MAX)
        return MIG_OK;
    columns[1] = find_word(words, counts, "no tag");
    return mig_role_add(role, columns, columns[1] != SIZE_MAX ? 2 : 1, error);
}

/* By the names that the levels have in Mali. Not the country: one beside a region may be where
 * people were, not where the region is. */
static size_t find_named_unit(const struct words *words, int level, bool code)
{
    static const char *const names[NAMED_LEVELS][2] = {{NULL}, {"region"}, {"cercle"}, {"commune"}};
    static const char *const codes[NAMED_LEVELS][4] = {{NULL},
        {"region code", "code region", "region pcode"},
        {"cercle code", "code cercle", "cercle pcode"},
        {"commune code", "code commune", "commune pcode"}};
    return find_word(words, code ? codes[level] : names[level], "no tag");
}

/* The column of level `level` of the nested units, name or code, of where people are (not where
 * they come from). */
static size_t find_unit(const struct words *words, int level, bool code)
{
    static const char *const not_here[] = {
        "origin", "origine", "alt", "al", "ref", "destination", NULL};
    char adm[16], admin[16];
    snprintf(adm, sizeof adm, "adm %d", level);
    snprintf(admin, sizeof admin, "admin %d", level);
    for (size_t i = 0; i < words->header->count; i++) {
        const struct mig_buffer *both[] = {&words->names[i], &words->tags[i]};
        for (size_t b = 0; b < 2; b++) {
            bool unit = mig_fold_has(both[b], adm) || mig_fold_has(both[b], admin);
            bool coded = mig_fold_has(both[b], "pcode") || mig_fold_has(both[b], "pcod") ||
                         mig_fold_has(both[b], "code");
            if (unit && coded == code && !has_any(both[0], not_here) && !has_any(both[1], not_here))
                return i;
        }
    }
    return level < NAMED_LEVELS ? find_named_unit(words, level, code) : SIZE_MAX;
}

static enum mig_status assume_admin(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    size_t columns[MOST_LEVELS], count = 0;
    for (int level = 0; level < MOST_LEVELS; level++) {
        size_t column = find_unit(words, level, false);
        if (column == SIZE_MAX)
            column = find_unit(words, level, true);
        if (column != SIZE_MAX)
            columns[count++] = column;
    }
    return count >= 2 ? mig_role_add(role, columns, count, error) : MIG_OK;
}

/* The country, else the region: areas whose points lie near each other. */
static enum mig_status assume_area(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    static const char *const countries[] = {"country", "pays", "country name", "nom du pays",
        "country code", "code pays", "iso 3", "iso", NULL};
    size_t column = find_unit(words, 0, false);
    if (column == SIZE_MAX)
        column = find_word(words, countries, "no tag");
    if (column == SIZE_MAX)
        column = find_unit(words, 1, false);
    return column != SIZE_MAX ? mig_role_add(role, &column, 1, error) : MIG_OK;
}

/* A table of places: name, code and the code of the parent. */
static enum mig_status assume_table_of_places(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    static const char *const names[] = {"name", "nom", NULL};
    static const char *const parents[] = {
        "parent p code", "parent pcode", "parent code", "parent", "code parent", NULL};
    static const char *const codes[] = {"p code", "pcode", "code", NULL};
    size_t columns[3] = {find_word(words, names, "no tag"), find_word(words, parents, "no tag"),
        find_word(words, codes, "no tag")};
    if (columns[0] == SIZE_MAX || columns[1] == SIZE_MAX)
        return MIG_OK;
    return mig_role_add(role, columns, columns[2] != SIZE_MAX ? 3 : 2, error);
}

static enum mig_status assume_places(
    struct mig_role *role, const struct words *words, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (int level = 1; level < MOST_LEVELS && !status; level++) {
        size_t columns[4] = {find_unit(words, level, false), find_unit(words, level - 1, false),
            find_unit(words, level, true), find_unit(words, level - 1, true)};
        size_t count = columns[2] == SIZE_MAX ? 2 : columns[3] == SIZE_MAX ? 3 : 4;
        if (columns[0] != SIZE_MAX && columns[1] != SIZE_MAX)
            status = mig_role_add(role, columns, count, error);
        else if (columns[0] != SIZE_MAX && level <= MOST_ALONE)
            status = mig_role_add(role, columns, 1, error);
    }
    return status == MIG_OK && role->count == 0 ? assume_table_of_places(role, words, error)
                                                : status;
}

typedef enum mig_status assume_role(
    struct mig_role *role, const struct words *words, struct mig_error *error);

enum mig_status mig_roles_assume(
    struct mig_roles *roles, const struct mig_header *header, struct mig_error *error)
{
    static assume_role *const assume[MIG_N_ROLES] = {
        [MIG_ROLE_COUNT] = assume_counts,
        [MIG_ROLE_SEX] = assume_sexes,
        [MIG_ROLE_LEVEL] = assume_level,
        [MIG_ROLE_ADMIN] = assume_admin,
        [MIG_ROLE_DATE] = assume_dates,
        [MIG_ROLE_SPAN] = assume_spans,
        [MIG_ROLE_POINT] = assume_points,
        [MIG_ROLE_PLACE] = assume_places,
        [MIG_ROLE_AGE] = assume_age,
        [MIG_ROLE_AREA] = assume_area,
    };
    struct words words;
    enum mig_status status = words_init(&words, header, error);
    if (status)
        return status;
    for (size_t kind = 0; kind < MIG_N_ROLES && !status; kind++) {
        struct mig_role *role = &roles->of[kind];
        if (!assume[kind] || role->count > 0)
            continue;
        status = assume[kind](role, &words, error);
        role->assumed = role->count > 0;
    }
    words_release(&words);
    return status;
}

/* Whether column `i` is a part of the total `total`: "f 0 4" of "f total"; "f total" of "total". */
static bool is_part(const struct words *words, size_t total, size_t i)
{
    const char *whole = words->names[total].data, *part = words->names[i].data;
    size_t stem = strlen(whole) - strlen("total"), length = strlen(part);
    if (i == total)
        return false;
    if (stem > 0)
        return strncmp(part, whole, stem) == 0;
    return length > 6 && strcmp(part + length - 6, " total") == 0;
}

/* How many there are: those that begin with the stem of the total stand together in order. */
static size_t count_parts(const struct words *words, size_t total)
{
    const char *whole = words->names[total].data;
    size_t stem = strlen(whole) - strlen("total"), parts = 0, count = words->header->count;
    const struct pieces prefix = {{whole, stem}, {"", 0}, ""};
    for (size_t at = stem > 0 ? find_entry(words->by_name, count, &prefix) : 0;
         at < count && strncmp(words->by_name[at].text, whole, stem) == 0; at++)
        parts += is_part(words, total, words->by_name[at].column);
    return parts;
}

static enum mig_status propose_total(
    const struct words *words, size_t total, struct mig_buffer *out, struct mig_error *error)
{
    size_t parts = count_parts(words, total), added = 0;
    enum mig_status status = MIG_OK;
    if (parts >= 2)
        status = mig_buffer_print(
            out, error, "%s%s=", out->length > 0 ? " " : "", words->header->names[total]);
    for (size_t i = 0; parts >= 2 && i < words->header->count && !status; i++)
        if (is_part(words, total, i))
            status = mig_buffer_print(
                out, error, "%s%s", added++ > 0 ? "+" : "", words->header->names[i]);
    return status;
}

enum mig_status mig_roles_propose_totals(
    const struct mig_header *header, struct mig_buffer *out, struct mig_error *error)
{
    struct words words;
    enum mig_status status = words_init(&words, header, error);
    if (status)
        return status;
    status = mig_buffer_append(out, "", 0, error);
    for (size_t i = 0; i < header->count && !status; i++) {
        const char *name = words.names[i].data;
        size_t length = strlen(name);
        bool total = length >= 5 && strcmp(name + length - 5, "total") == 0 &&
                     (length == 5 || name[length - 6] == ' ');
        if (total)
            status = propose_total(&words, i, out, error);
    }
    words_release(&words);
    return status;
}
