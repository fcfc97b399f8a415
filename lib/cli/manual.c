/* --man: the manual page in roff (man macros), from the same tables as the help. */
#include "cli/cli-internal.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/i18n.h"

static void print_char(char c)
{
    static const struct {
        char c;
        const char *roff;
    } names[] = {{'\\', "\\e"}, {'-', "\\-"}, {'\'', "\\(aq"}, {'`', "\\(ga"}, {'^', "\\(ha"},
        {'~', "\\(ti"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].c == c) {
            fputs(names[i].roff, stdout);
            return;
        }
    putchar(c);
}

/* A dot at the beginning of a line would be a request; the name of a column is not to be
 * hyphenated. */
static void print_word(struct mig_text word, bool line_begins)
{
    if (memchr(word.data, '_', word.length))
        fputs("\\%", stdout);
    else if (line_begins && word.data[0] == '.')
        fputs("\\&", stdout);
    for (size_t i = 0; i < word.length; i++)
        print_char(word.data[i]);
}

/* Prints text for filling. */
static void print_text(const char *text, size_t length)
{
    const size_t width = 72; /* of a line of the source */
    struct mig_text rest = {text, length}, word;
    size_t column = 0;
    while (mig_word_cut(&rest, &word)) {
        bool line_begins = column == 0 || column + 1 + word.length > width;
        if (column > 0)
            putchar(line_begins ? '\n' : ' ');
        print_word(word, line_begins);
        column = (line_begins ? 0 : column + 1) + word.length;
    }
    putchar('\n');
}

static void print_string(const char *text)
{
    print_text(text, strlen(text));
}

/* Prints text within a line, blanks as they are. */
static void print_inline(const char *text)
{
    for (; *text; text++)
        print_char(*text);
}

static void print_title(const struct mig_command *command)
{
    printf(".TH ");
    for (const char *c = command->name; *c; c++)
        print_char((char)toupper((unsigned char)*c));
    printf(" 1 \"\" \"migstat %s\" \"migstat\"\n", MIG_VERSION);
    printf(".ad l\n");
}

static void print_heading(const char *heading)
{
    printf(".SH %s\n", heading);
}

static void print_top(const struct mig_command *command)
{
    print_heading(_("NAME"));
    print_inline(command->name);
    printf(" \\- ");
    print_string(_(command->purpose));
    print_heading(_("SYNOPSIS"));
    printf("\\fB");
    print_inline(command->name);
    printf("\\fR ");
    print_string(command->synopsis);
}

static void print_description(const struct mig_command *command)
{
    print_heading(_("DESCRIPTION"));
    const char *rest = _(command->details ? command->details : command->purpose);
    struct mig_text paragraph;
    for (bool first = true; mig_paragraph_cut(&rest, &paragraph); first = false) {
        printf("%s", first ? "" : ".PP\n");
        print_text(paragraph.data, paragraph.length);
    }
}

static void print_examples(const struct mig_command *command)
{
    print_heading(_("EXAMPLES"));
    for (const struct mig_example *example = command->examples; example->command; example++) {
        printf("%s.EX\n\\fB", example == command->examples ? "" : ".PP\n");
        print_inline(example->command);
        printf("\\fR\n.EE\n.RS\n");
        print_string(_(example->purpose));
        printf(".RE\n");
    }
}

static enum mig_status print_option(const struct mig_option *option, struct mig_error *error)
{
    if (!option->help)
        return MIG_OK;
    struct mig_buffer argument = {0};
    enum mig_status status = mig_option_argument(option, &argument, error);
    if (!status) {
        printf(".TP\n\\fB");
        if (option->letter)
            printf("\\-%c\\fR, \\fB", option->letter);
        printf("\\-\\-");
        print_inline(option->name);
        printf("\\fR");
        if (argument.length > 0) {
            printf(" \\fI");
            print_inline(argument.data);
            printf("\\fR");
        }
        putchar('\n');
        print_string(_(option->help));
    }
    mig_buffer_release(&argument);
    return status;
}

static enum mig_status print_options(const struct mig_command *command, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    if (command->options->name)
        print_heading(_("OPTIONS"));
    for (const struct mig_option *option = command->options; !status && option->name; option++)
        status = print_option(option, error);
    print_heading(_("COMMON OPTIONS"));
    for (const struct mig_common_option *common = mig_common_options;
         !status && common->option.name; common++)
        if (mig_common_is_taken(common, command))
            status = print_option(&common->option, error);
    return status;
}

static enum mig_status copy_extra(const char *path, struct mig_error *error)
{
    if (!path)
        return MIG_OK;
    FILE *extra = fopen(path, "r");
    if (!extra)
        return mig_fail_errno(error, path, errno);
    char bytes[4096];
    for (size_t length; (length = fread(bytes, 1, sizeof bytes, extra)) > 0;)
        fwrite(bytes, 1, length, stdout);
    enum mig_status status = ferror(extra) ? mig_fail_errno(error, path, errno) : MIG_OK;
    fclose(extra);
    return status;
}

static void print_statuses(void)
{
    print_heading(_("EXIT STATUS"));
    printf(".TP\n0\n");
    print_string(_("done"));
    printf(".TP\n1\n");
    print_string(_("done, with a finding: rejected rows, a contradicted claim, a failed audit"));
    printf(".TP\n2\n");
    print_string(_("failure of usage, input or output; no output file was replaced"));
}

/* Appends the commands that `text` mentions ("mig-tally"), each once, to `names`, in which a blank
 * stands on both sides of each. */
static enum mig_status collect_mentions(
    const char *text, struct mig_buffer *names, struct mig_error *error)
{
    static const char prefix[] = "mig-";
    enum mig_status status = MIG_OK;
    for (const char *at = strstr(text, prefix); at && !status; at = strstr(at + 1, prefix)) {
        size_t length = sizeof prefix - 1;
        while (islower((unsigned char)at[length]))
            length++;
        char name[32];
        if (length == sizeof prefix - 1 || length + 3 > sizeof name)
            continue;
        snprintf(name, sizeof name, " %.*s ", (int)length, at);
        if (!strstr(names->data, name))
            status = mig_buffer_print(names, error, "%s", name + 1);
    }
    return status;
}

static enum mig_status collect_related(
    const struct mig_command *command, struct mig_buffer *names, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (const struct mig_example *example = command->examples; !status && example->command;
         example++)
        status = collect_mentions(example->command, names, error);
    for (const struct mig_option *option = command->options; !status && option->name; option++)
        status = collect_mentions(option->help ? option->help : "", names, error);
    if (!status)
        status = collect_mentions(command->details ? command->details : "", names, error);
    return status;
}

/* The commands that this one's texts mention. */
static enum mig_status print_related(const struct mig_command *command, struct mig_error *error)
{
    struct mig_buffer names = {0};
    enum mig_status status = mig_buffer_print(&names, error, " %s ", command->name);
    size_t own = names.length;
    if (!status)
        status = collect_related(command, &names, error);
    if (!status && names.length > own) {
        struct mig_text rest = {names.data + own, names.length - own}, word;
        print_heading(_("SEE ALSO"));
        for (bool first = true; mig_word_cut(&rest, &word); first = false) {
            printf("%s\\fB", first ? "" : ", ");
            print_word(word, false);
            printf("\\fR(1)");
        }
        putchar('\n');
    }
    mig_buffer_release(&names);
    return status;
}

enum mig_status mig_manual_print(
    const struct mig_command *command, const char *extra, struct mig_error *error)
{
    print_title(command);
    print_top(command);
    print_description(command);
    print_examples(command);
    enum mig_status status = print_options(command, error);
    if (!status)
        status = copy_extra(extra, error);
    if (status)
        return status;
    print_statuses();
    return print_related(command, error);
}
