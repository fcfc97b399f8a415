/* --help and --version. */
#include "cli/cli-internal.h"

#include <string.h>

#include "base/i18n.h"

enum { WIDTH = 80, HELP_COLUMN = 26, EXAMPLE_INDENT = 6 };

bool mig_word_cut(struct mig_text *rest, struct mig_text *word)
{
    while (rest->length > 0 && strchr(" \n\t", rest->data[0])) {
        rest->data++;
        rest->length--;
    }
    size_t length = 0;
    while (length < rest->length && !strchr(" \n\t", rest->data[length]))
        length++;
    *word = (struct mig_text){rest->data, length};
    rest->data += length;
    rest->length -= length;
    return length > 0;
}

bool mig_paragraph_cut(const char **text, struct mig_text *paragraph)
{
    *text += strspn(*text, "\n");
    const char *end = strstr(*text, "\n\n");
    *paragraph = (struct mig_text){*text, end ? (size_t)(end - *text) : strlen(*text)};
    *text += paragraph->length;
    return paragraph->length > 0;
}

/* Prints words from terminal column `at` on, further lines from `indent` on, and ends the line. */
static void print_wrapped(struct mig_text text, size_t at, size_t indent)
{
    struct mig_text word;
    if (at < indent)
        printf("%*s", (int)(indent - at), "");
    size_t column = at < indent ? indent : at;
    for (bool first = true; mig_word_cut(&text, &word); first = false) {
        size_t width = mig_text_width(word);
        if (!first && column + 1 + width >= WIDTH) {
            printf("\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            putchar(' ');
            column++;
        }
        printf("%.*s", MIG_TEXT_ARG(word));
        column += width;
    }
    putchar('\n');
}

static void print_usage(const struct mig_command *command)
{
    const char *usage = _("usage:");
    printf("%s %s ", usage, command->name);
    size_t at = mig_text_width(mig_text_of(usage)) + strlen(command->name) + 2;
    print_wrapped(mig_text_of(command->synopsis), at, at);
}

static void print_examples(const struct mig_command *command)
{
    printf("\n%s\n", _("Examples:"));
    for (const struct mig_example *example = command->examples; example->command; example++) {
        printf("  %s\n", example->command);
        print_wrapped(mig_text_of(_(example->purpose)), 0, EXAMPLE_INDENT);
    }
}

static enum mig_status print_option(const struct mig_option *option, struct mig_error *error)
{
    if (!option->help)
        return MIG_OK;
    struct mig_buffer heading = {0};
    enum mig_status status =
        option->letter
            ? mig_buffer_print(&heading, error, "  -%c, --%s", option->letter, option->name)
            : mig_buffer_print(&heading, error, "      --%s", option->name);
    if (!status && option->type != MIG_OPTION_SWITCH)
        status = mig_buffer_print(&heading, error, " ");
    if (!status)
        status = mig_option_argument(option, &heading, error);
    if (!status) {
        size_t width = mig_text_width(mig_buffer_text(&heading));
        bool beside = width + 2 <= HELP_COLUMN;
        printf("%s%s", heading.data, beside ? "" : "\n");
        print_wrapped(mig_text_of(_(option->help)), beside ? width : 0, HELP_COLUMN);
    }
    mig_buffer_release(&heading);
    return status;
}

static enum mig_status print_options(const struct mig_command *command, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    if (command->options->name)
        printf("\n%s\n", _("Options:"));
    for (const struct mig_option *option = command->options; !status && option->name; option++)
        status = print_option(option, error);
    printf("\n%s\n", _("Common options:"));
    for (const struct mig_common_option *common = mig_common_options;
         !status && common->option.name; common++)
        if (mig_common_is_taken(common, command))
            status = print_option(&common->option, error);
    return status;
}

static void print_details(const struct mig_command *command)
{
    const char *rest = command->details ? _(command->details) : "";
    struct mig_text paragraph;
    while (mig_paragraph_cut(&rest, &paragraph)) {
        putchar('\n');
        print_wrapped(paragraph, 0, 0);
    }
}

enum mig_status mig_help_print(const struct mig_command *command, struct mig_error *error)
{
    printf("%s - %s\n\n", command->name, _(command->purpose));
    print_usage(command);
    print_examples(command);
    enum mig_status status = print_options(command, error);
    print_details(command);
    return status;
}

void mig_version_print(const struct mig_command *command)
{
    printf("%s (migstat) %s\n", command->name, MIG_VERSION);
    printf("%s\n", _("licence GPL-3.0-or-later: free software, without any warranty"));
}
