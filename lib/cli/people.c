#include "cli/people.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/i18n.h"

static void append(struct mig_cli *cli, struct mig_buffer *out, const char *text, size_t length)
{
    mig_cli_require(cli, mig_buffer_append(out, text, length, &cli->error));
}

/* Appends a number written with '.' and without groups. A number of four digits stays in one piece
 * in most languages of tables, but columns of numbers want the same groups in all rows. */
static void append_grouped(struct mig_cli *cli, struct mig_buffer *out, const char *number)
{
    /* translators: this number shows the sign between groups of digits and the decimal sign */
    const char *sample = _("1,234.5");
    const char *group = sample + 1, *rest = strstr(sample, "234");
    size_t sign = number[0] == '-', whole = strcspn(number + sign, ".e");
    if (rest == NULL || rest < group || strstr(rest + 3, "5") == NULL) { /* no such translation */
        append(cli, out, number, strlen(number));
        return;
    }
    append(cli, out, number, sign);
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            append(cli, out, group, (size_t)(rest - group));
        append(cli, out, number + sign + i, 1);
    }
    const char *decimals = number + sign + whole;
    if (*decimals == '.') {
        append(cli, out, rest + 3, strlen(rest + 3) - 1);
        decimals++;
    }
    append(cli, out, decimals, strlen(decimals));
}

void mig_people_real(struct mig_cli *cli, struct mig_buffer *out, double value, int decimals)
{
    char number[400];
    append(cli, out, "", 0);
    if (!isfinite(value))
        return;
    snprintf(number, sizeof number, "%.*f", decimals, value); /* LC_NUMERIC stays "C" */
    bool zero = strspn(number, "-0.") == strlen(number);
    append_grouped(cli, out, zero && number[0] == '-' ? number + 1 : number);
}

void mig_people_significant(struct mig_cli *cli, struct mig_buffer *out, double value, int digits)
{
    char number[MIG_DOUBLE_TEXT];
    append(cli, out, "", 0);
    if (!isfinite(value))
        return;
    for (double least = pow(10, digits); fabs(value) >= least && digits < 17; least *= 10)
        digits++;
    mig_double_format(value, digits, number);
    append_grouped(cli, out, number);
}

void mig_people_sum(struct mig_cli *cli, struct mig_buffer *out, const struct mig_sum *sum)
{
    struct mig_buffer number = {0};
    mig_cli_require(cli, mig_sum_format(sum, &number, &cli->error));
    append_grouped(cli, out, number.data);
    mig_buffer_release(&number);
}

/* What the variable COLUMNS says; 0: nothing. */
static size_t told_width(void)
{
    const char *columns = getenv("COLUMNS");
    if (columns == NULL || *columns == '\0' || strspn(columns, "0123456789") != strlen(columns) ||
        strlen(columns) >= 6)
        return 0;
    return (size_t)atoi(columns);
}

size_t mig_people_width(void)
{
    const size_t usual = 80;
#ifdef TIOCGWINSZ
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    return told_width() > 0 ? told_width() : usual;
}

bool mig_people_fold(void)
{
    return isatty(STDOUT_FILENO) || told_width() > 0;
}
