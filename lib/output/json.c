/* JSON and JSON lines (RFC 8259). */
#include "output/writer-internal.h"

static struct mig_escape json_escape(struct mig_text rest)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char c = (unsigned char)rest.data[0];
    if (c == '"')
        return (struct mig_escape){1, "\\\""};
    if (c == '\\')
        return (struct mig_escape){1, "\\\\"};
    if (c >= 0x20)
        return (struct mig_escape){0};
    return (struct mig_escape){1, {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15], '\0'}};
}

static void put_string(struct mig_writer *writer, struct mig_text text)
{
    mig_writer_put_string(writer, "\"");
    mig_writer_put_escaped(writer, text, json_escape);
    mig_writer_put_string(writer, "\"");
}

static bool is_digit(struct mig_text text, size_t at)
{
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

/* JSON knows no '+', no zeros in front, and wants a digit on both sides of the point: +007. is 7.
 */
static void put_number(struct mig_writer *writer, struct mig_text number)
{
    size_t at = 0;
    if (number.data[0] == '-')
        mig_writer_put_string(writer, "-");
    if (number.data[0] == '-' || number.data[0] == '+')
        at++;
    while (at + 1 < number.length && number.data[at] == '0' && is_digit(number, at + 1))
        at++;
    if (!is_digit(number, at))
        mig_writer_put_string(writer, "0");
    size_t whole = at;
    while (is_digit(number, at))
        at++;
    mig_writer_put(writer, (struct mig_text){number.data + whole, at - whole});
    if (at < number.length && number.data[at] == '.' && !is_digit(number, at + 1))
        at++;
    mig_writer_put(writer, (struct mig_text){number.data + at, number.length - at});
}

static void put_object(struct mig_writer *writer, size_t first)
{
    mig_writer_put_string(writer, "{");
    for (size_t i = 0; i < writer->columns; i++) {
        struct mig_text text = mig_writer_cell_text(writer, first + i);
        mig_writer_put_string(writer, i > 0 ? ", " : "");
        put_string(writer, mig_writer_cell_text(writer, i));
        mig_writer_put_string(writer, ": ");
        if (writer->cells[first + i].kind <= MIG_CELL_NO_NUMBER)
            mig_writer_put_string(writer, "null");
        else if (writer->cells[first + i].kind == MIG_CELL_NUMBER)
            put_number(writer, text);
        else
            put_string(writer, text);
    }
    mig_writer_put_string(writer, "}");
}

static void array_begin(struct mig_writer *writer)
{
    mig_writer_put_string(writer, "[\n");
}

static void array_row(struct mig_writer *writer, size_t first)
{
    mig_writer_put_string(writer, writer->rows > 0 ? ",\n" : "");
    put_object(writer, first);
}

static void array_end(struct mig_writer *writer)
{
    mig_writer_put_string(writer, writer->rows > 0 ? "\n]\n" : "]\n");
}

static void line_row(struct mig_writer *writer, size_t first)
{
    put_object(writer, first);
    mig_writer_put_string(writer, "\n");
}

static void nothing(struct mig_writer *writer)
{
    (void)writer;
}

/* Every line of JSON lines is whole by itself, so the last one is not. */
static void line_spoil(struct mig_writer *writer)
{
    mig_writer_put_string(writer, "{\"incomplete\":\n");
}

const struct mig_writer_format mig_format_json = {
    .begin = array_begin, .row = array_row, .end = array_end};
const struct mig_writer_format mig_format_jsonl = {
    .begin = nothing, .row = line_row, .end = nothing, .spoil = line_spoil};
