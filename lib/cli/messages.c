#include "cli/cli-internal.h"

#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

/* A message may quote a cell: no byte of it may drive the terminal. */
static void disarm(char *line)
{
    for (unsigned char *c = (unsigned char *)line; *c; c++) {
        if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0) /* U+0080 to U+009F */
            c[0] = c[1] = '?';
        else if (*c < 0x20 || *c == 0x7f)
            *c = '?';
    }
}

static void place(const struct mig_error *error, char *out, size_t size)
{
    if (!error->file[0])
        out[0] = '\0';
    else if (error->line == 0)
        snprintf(out, size, "%s: ", error->file);
    else if (error->column == 0)
        snprintf(out, size, "%s:%zu: ", error->file, error->line);
    else
        snprintf(out, size, "%s:%zu:%zu: ", error->file, error->line, error->column);
}

void mig_message(const struct mig_cli *cli, const char *kind, const struct mig_error *error)
{
    char where[sizeof error->file + 48], line[sizeof where + sizeof error->text + 128];
    place(error, where, sizeof where);
    snprintf(line, sizeof line, "%s: %s%s%s%s", cli->command->name, kind ? kind : "",
        kind ? ": " : "", where, error->text);
    disarm(line);
    mig_progress_clear();
    fprintf(stderr, "%s\n", line);
}

/* An error without a position; what does not fit is cut at a whole character. */
static struct mig_error compose(const char *format, va_list arguments)
{
    struct mig_error error = {0};
    vsnprintf(error.text, sizeof error.text, format, arguments);
    error.text[mig_text_valid_utf8(mig_text_of(error.text))] = '\0';
    return error;
}

void mig_cli_complain(struct mig_cli *cli, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct mig_error error = compose(format, arguments);
    va_end(arguments);
    mig_cli_complain_error(cli, &error);
}

void mig_cli_complain_error(struct mig_cli *cli, const struct mig_error *error)
{
    mig_message(cli, NULL, error);
    cli->complaints++;
}

void mig_cli_note(struct mig_cli *cli, const char *format, ...)
{
    if (cli->quiet)
        return;
    va_list arguments;
    va_start(arguments, format);
    struct mig_error error = compose(format, arguments);
    va_end(arguments);
    mig_cli_note_error(cli, &error);
}

void mig_cli_note_error(struct mig_cli *cli, const struct mig_error *error)
{
    if (!cli->quiet)
        mig_message(cli, _("note"), error);
}

void mig_cli_finding(struct mig_cli *cli, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct mig_error error = compose(format, arguments);
    va_end(arguments);
    mig_cli_finding_error(cli, &error);
}

void mig_cli_finding_error(struct mig_cli *cli, const struct mig_error *error)
{
    cli->finding = true;
    if (!cli->quiet)
        mig_message(cli, NULL, error);
}

/* Standard error is one for the whole process, and so is what stands on its last line. */
static struct {
    bool wanted;
    double begun; /* seconds */
    double shown;
    size_t width; /* of what stands there now */
} progress;

static double now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void mig_progress_begin(struct mig_cli *cli)
{
    progress.wanted = !cli->quiet && isatty(STDERR_FILENO);
    progress.begun = progress.shown = now();
    cli->input.progress = mig_progress;
    cli->input.progress_context = cli;
}

static bool is_due(void)
{
    const double patience = 1, interval = 0.2;
    double time = progress.wanted ? now() : 0;
    return progress.wanted && time - progress.begun >= patience &&
           time - progress.shown >= interval;
}

static void show(const char *line)
{
    mig_progress_clear();
    fputs(line, stderr);
    progress.width = mig_text_width(mig_text_of(line));
    progress.shown = now();
}

void mig_progress(void *context, uint64_t taken, uint64_t size, size_t rows)
{
    const struct mig_cli *cli = context;
    if (!is_due())
        return;
    char line[128];
    if (size > 0)
        snprintf(line, sizeof line, _("%s: %zu rows read, %.0f %% of the file"), cli->command->name,
            rows, 100 * ((double)taken / (double)size));
    else
        snprintf(line, sizeof line, _("%s: %zu rows read"), cli->command->name, rows);
    show(line);
}

void mig_cli_progress(struct mig_cli *cli, const char *format, ...)
{
    char line[256];
    if (!is_due())
        return;
    size_t length = strlen(cli->command->name);
    if (length + 2 >= sizeof line)
        return;
    snprintf(line, sizeof line, "%s: ", cli->command->name);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + length + 2, sizeof line - length - 2, format, arguments);
    va_end(arguments);
    show(line);
}

void mig_progress_clear(void)
{
    if (progress.width > 0)
        fprintf(stderr, "\r%*s\r", (int)progress.width, "");
    progress.width = 0;
}

void mig_progress_stop(void)
{
    mig_progress_clear();
    progress.wanted = false;
}

/* An error about a column is one about the header of the input. */
void mig_cli_complain_column(struct mig_cli *cli, struct mig_error *error)
{
    if (error->status == MIG_NAME && error->file[0] == '\0' && cli->table != NULL) {
        struct mig_position header = {
            mig_input_name(cli->table), mig_input_account(cli->table).header_line, 0};
        mig_error_locate(error, &header, NULL);
    }
    mig_cli_complain_error(cli, error);
}

void mig_cli_complain_all(struct mig_cli *cli, struct mig_error_list *errors)
{
    for (size_t i = 0; i < errors->count; i++)
        mig_cli_complain_column(cli, &errors->items[i]);
    if (errors->total > errors->count)
        mig_cli_complain(cli, _("and %zu more"), errors->total - errors->count);
    mig_error_list_release(errors);
}

void mig_cli_find_all(struct mig_cli *cli, struct mig_error_list *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct mig_position position = {mig_input_name(cli->table), 0, 0};
        mig_error_locate(&findings->items[i], &position, NULL);
        mig_cli_finding_error(cli, &findings->items[i]);
    }
    mig_error_list_release(findings);
}

/* Shows the line of `text` that byte `at` stands in, or what of it lies near, and a mark below. */
static void show_place(const char *text, size_t at)
{
    enum { BEFORE = 56, AFTER = 40 };
    size_t begin = at, end = at;
    while (begin > 0 && text[begin - 1] != '\n' && at - begin < BEFORE)
        begin--;
    while (text[end] != '\0' && text[end] != '\n' && end - at < AFTER)
        end++;
    while (begin < at && ((unsigned char)text[begin] & 0xC0) == 0x80)
        begin++;
    while (end > at && ((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    char line[BEFORE + AFTER + 1] = "";
    memcpy(line, text + begin, end - begin);
    disarm(line);
    struct mig_text before = {line, at - begin};
    fprintf(stderr, "  %s\n  %*s^\n", line, (int)mig_text_width(before), "");
}

void mig_cli_complain_within(struct mig_cli *cli, struct mig_error *error, const char *text)
{
    size_t at = error->column;
    error->column = 0;
    mig_cli_complain_column(cli, error);
    if (at > 0 && at <= strlen(text) + 1)
        show_place(text, at - 1);
}
