/* The parsing of the command line. */
#include "cli/cli-internal.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

/* One option that the command knows. */
struct known {
    const struct mig_option *option;
    const struct mig_common_option *common; /* NULL for the command's own */
    bool given;
};

/* What getopt_long() wants to know, made from the tables. Long options return FIRST + their index.
 */
enum { FIRST = 256 };
struct parser {
    struct known *known;
    size_t count;
    struct option *longs;
    char *letters;
};

static int needs_argument(const struct mig_option *option)
{
    if (option->type == MIG_OPTION_SWITCH)
        return no_argument;
    return option->argument && option->argument[0] == '[' ? optional_argument : required_argument;
}

static size_t count_options(const struct mig_command *command)
{
    size_t count = 0;
    for (const struct mig_option *option = command->options; option->name; option++)
        count++;
    for (const struct mig_common_option *common = mig_common_options; common->option.name; common++)
        count += mig_common_is_taken(common, command);
    return count;
}

static void add_known(
    struct parser *parser, const struct mig_option *option, const struct mig_common_option *common)
{
    size_t i = parser->count++;
    int argument = needs_argument(option);
    parser->known[i] = (struct known){option, common, false};
    parser->longs[i] = (struct option){option->name, argument, NULL, FIRST + (int)i};
    if (option->letter) {
        char *end = parser->letters + strlen(parser->letters);
        end[0] = option->letter;
        end[1] = argument ? ':' : '\0';
    }
}

static bool parser_init(struct parser *parser, const struct mig_command *command)
{
    size_t count = count_options(command);
    parser->known = calloc(count, sizeof *parser->known);
    parser->longs = calloc(count + 1, sizeof *parser->longs);
    parser->letters = calloc(2 * count + 2, 1);
    if (!parser->known || !parser->longs || !parser->letters)
        return false;
    parser->letters[0] = ':'; /* missing arguments are told from unknown options */
    for (const struct mig_option *option = command->options; option->name; option++)
        add_known(parser, option, NULL);
    for (const struct mig_common_option *common = mig_common_options; common->option.name; common++)
        if (mig_common_is_taken(common, command))
            add_known(parser, &common->option, common);
    return true;
}

static void parser_release(struct parser *parser)
{
    free(parser->known);
    free(parser->longs);
    free(parser->letters);
}

/* The option that getopt_long() named by letter or number, or NULL. */
static struct known *find_known(const struct parser *parser, int code)
{
    if (code >= FIRST)
        return &parser->known[code - FIRST];
    for (size_t i = 0; i < parser->count; i++)
        if (code != 0 && parser->known[i].option->letter == code)
            return &parser->known[i];
    return NULL;
}

/* Begins a pass over the command line; 0 makes getopt_long() forget an earlier one. */
static void begin_pass(void)
{
    opterr = 0;
    optind = 0;
}

static int next_option(const struct parser *parser, int argc, char **argv)
{
    return getopt_long(argc, argv, parser->letters, parser->longs, NULL);
}

static void complain_of_unknown(
    struct mig_cli *cli, const struct parser *parser, const char *wanted)
{
    struct mig_text name = {wanted, strcspn(wanted, "=")};
    struct mig_text *names = calloc(parser->count, sizeof *names);
    if (!names)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    size_t count = 0, begun = 0;
    for (size_t i = 0; i < parser->count; i++) {
        const struct mig_option *option = parser->known[i].option;
        begun += strncmp(option->name, name.data, name.length) == 0;
        if (option->help)
            names[count++] = mig_text_of(option->name);
    }
    size_t nearest = mig_text_nearest(name, names, count);
    if (begun > 1)
        mig_cli_complain(
            cli, _("'--%.*s' may be several options; write it in full"), MIG_TEXT_ARG(name));
    else if (nearest < count)
        mig_cli_complain(cli, _("unknown option '--%.*s'; nearest is '--%.*s'"), MIG_TEXT_ARG(name),
            MIG_TEXT_ARG(names[nearest]));
    else
        mig_cli_complain(cli, _("unknown option '--%.*s'"), MIG_TEXT_ARG(name));
    free(names);
}

/* `code` is what getopt_long() returned: ':' or '?'. */
static void complain_of_option(
    struct mig_cli *cli, const struct parser *parser, int code, char **argv)
{
    const struct known *known = find_known(parser, optopt);
    if (code == ':')
        mig_cli_complain(cli, _("option '--%s' needs an argument"), known->option->name);
    else if (known)
        mig_cli_complain(cli, _("option '--%s' takes no argument"), known->option->name);
    else if (optopt == 0)
        complain_of_unknown(cli, parser, argv[optind - 1] + 2);
    else if (optopt > ' ' && optopt < 0x7f)
        mig_cli_complain(cli, _("unknown option '-%c'"), optopt);
    else
        mig_cli_complain(cli, _("unknown option '-\\%03o'"), (unsigned)optopt & 0xff);
}

static void add_use(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    struct mig_option_list *list = option->value;
    if (list->count == list->capacity) {
        void *items = mig_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
        if (!items)
            mig_cli_require(cli, mig_fail_memory(&cli->error));
        list->items = items;
    }
    list->items[list->count++] = (struct mig_option_use){option->name, value};
}

static void add_choice(struct mig_option_choices *choices, int choice)
{
    for (size_t i = 0; i < choices->count; i++)
        if (choices->items[i] == choice)
            return;
    choices->items[choices->count++] = choice;
}

/* Every unknown name of the list is complained of. */
static void add_choices(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    for (const char *at = value, *end; at != NULL; at = *end != '\0' ? end + 1 : NULL) {
        int choice;
        end = at + strcspn(at, ",");
        char *name = strndup(at, (size_t)(end - at));
        if (name == NULL)
            mig_cli_require(cli, mig_fail_memory(&cli->error));
        if (mig_option_find_choice(option, name, &choice))
            add_choice(option->value, choice);
        else
            mig_option_complain_of_choice(cli, option, name);
        free(name);
    }
}

static void set_own(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    switch (option->type) {
    case MIG_OPTION_SWITCH:
        *(bool *)option->value = true;
        break;
    case MIG_OPTION_TEXT:
        *(const char **)option->value = value;
        break;
    case MIG_OPTION_LIST:
        add_use(cli, option, value);
        break;
    case MIG_OPTION_CHOICE:
        if (!mig_option_find_choice(option, value, option->value))
            mig_option_complain_of_choice(cli, option, value);
        break;
    case MIG_OPTION_CHOICES:
        add_choices(cli, option, value);
        break;
    case MIG_OPTION_COUNT:
        if (!mig_option_read_count(value, option->value))
            mig_option_complain_of_count(cli, option, value);
        break;
    case MIG_OPTION_REAL:
        if (!mig_option_read_real(value, option->value))
            mig_cli_complain(cli, _("'%s' is not a number (option --%s)"), value, option->name);
        break;
    }
}

static void use_option(struct mig_cli *cli, struct known *known, const char *value)
{
    if (known->given && known->option->type == MIG_OPTION_TEXT)
        mig_cli_complain(cli, _("option '--%s' is given twice"), known->option->name);
    known->given = true;
    if (known->common)
        known->common->set(cli, known->option, value);
    else
        set_own(cli, known->option, value);
}

static bool is_common(const struct known *known, const char *name)
{
    return known && known->common && strcmp(known->option->name, name) == 0;
}

/* The first pass: what must be known before any complaint is made. `argv` is reordered. */
static void look_ahead(
    const struct parser *parser, int argc, char **argv, struct mig_cli_request *request)
{
    const char *language = NULL;
    begin_pass();
    for (int code; (code = next_option(parser, argc, argv)) != -1;) {
        const struct known *known = code == '?' || code == ':' ? NULL : find_known(parser, code);
        if (is_common(known, "lang"))
            language = optarg;
        request->help |= is_common(known, "help");
        request->version |= is_common(known, "version");
        if (is_common(known, "man")) {
            request->manual = true;
            request->manual_extra = optarg;
        }
    }
    mig_choose_language(language);
}

static bool is_given(const struct parser *parser, const char *name)
{
    for (size_t i = 0; i < parser->count; i++)
        if (parser->known[i].given && is_common(&parser->known[i], name))
            return true;
    return false;
}

static void take_operands(struct mig_cli *cli, char **operands, size_t count)
{
    cli->files = operands;
    cli->n_files = count;
    if (!(cli->command->common & (MIG_TAKES_INPUT | MIG_TAKES_WORDS)))
        for (size_t i = 0; i < count; i++)
            mig_cli_complain(cli, _("'%s' is one argument too many"), operands[i]);
}

/* More digits than these only hide a table's message; -t csv has them. */
enum { DIGITS_FOR_PEOPLE = 4 };

static void take_options(struct mig_cli *cli, struct parser *parser, int argc, char **argv)
{
    begin_pass();
    for (int code; (code = next_option(parser, argc, argv)) != -1;) {
        if (code == '?' || code == ':')
            complain_of_option(cli, parser, code, argv);
        else
            use_option(cli, find_known(parser, code), optarg);
    }
    if (!is_given(parser, "to") && !cli->output_path && isatty(STDOUT_FILENO))
        cli->format = MIG_TEXT;
    if (!is_given(parser, "precision") && (cli->format == MIG_TEXT || cli->format == MIG_MD))
        cli->precision = DIGITS_FOR_PEOPLE;
    take_operands(cli, argv + optind, (size_t)(argc - optind));
}

void mig_cli_parse(struct mig_cli *cli, int argc, char **argv, struct mig_cli_request *request)
{
    struct parser parser = {0};
    char **copy = calloc((size_t)argc + 1, sizeof *copy);
    if (!copy || !parser_init(&parser, cli->command)) {
        free(copy);
        parser_release(&parser);
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    }
    memcpy(copy, argv, (size_t)argc * sizeof *copy);
    look_ahead(&parser, argc, copy, request);
    free(copy);
    if (!request->help && !request->version && !request->manual)
        take_options(cli, &parser, argc, argv);
    parser_release(&parser);
}
