/* Writer, private: what the core and the formats share.
 *
 * The core collects the cells of a row, checks them and hands the row to the format, which appends what the
 * format makes of it to `line`; the core then writes `line` out. So a format handles no failure: one of memory is kept in
 * `error`, one of the stream in `failure`. Behind the text of each cell stands a 0 byte, so that a row whose cells need no
 * quotes is a line of CSV once delimiters stand in their stead, and is written out as it is, without a copy.
 */
#ifndef MIGSTAT_OUTPUT_WRITER_INTERNAL_H
#define MIGSTAT_OUTPUT_WRITER_INTERNAL_H

#include "writer.h"
#include "../base/memory.h"

enum mig_cell_kind {
    MIG_CELL_EMPTY,
    MIG_CELL_NO_NUMBER, /* as empty, where a number would stand */
    MIG_CELL_TEXT,
    MIG_CELL_NUMBER
};

struct mig_written_cell {
    size_t start; /* in `bytes` */
    size_t length;
    enum mig_cell_kind kind;
};

/* `first` is the index in `cells` of the row's first cell; the row at 0 holds the names of the columns. */
struct mig_writer_format {
    bool for_people;  /* words are translated */
    bool whole_table; /* rows are kept until the end */
    char delimiter;   /* of csv and tsv */
    void (*begin)(struct mig_writer *writer);
    void (*row)(struct mig_writer *writer, size_t first);
    void (*end)(struct mig_writer *writer);
    void (*spoil)(struct mig_writer *writer); /* NULL where a missing end is enough */
};

struct mig_writer {
    FILE *stream;
    const struct mig_writer_format *format;
    int precision;
    size_t columns;
    bool *naming; /* [column]: it names the rows */
    size_t width; /* to fold text at; 0: nowhere */
    struct mig_buffer bytes; /* texts of the cells, each with a 0 byte */
    struct mig_written_cell *cells;
    size_t n_cells;
    size_t capacity;
    size_t row_first; /* cell where the row under way begins */
    size_t row_bytes; /* and its place in `bytes` */
    size_t rows;      /* ended */
    struct mig_buffer line;
    struct mig_error error; /* the first since the row began */
    int failure;            /* errno of the stream, for good */
};

extern const struct mig_writer_format mig_format_csv;
extern const struct mig_writer_format mig_format_tsv;
extern const struct mig_writer_format mig_format_csv_rows;
extern const struct mig_writer_format mig_format_tsv_rows;
extern const struct mig_writer_format mig_format_json;
extern const struct mig_writer_format mig_format_jsonl;
extern const struct mig_writer_format mig_format_md;
extern const struct mig_writer_format mig_format_text;

struct mig_text mig_writer_cell_text(const struct mig_writer *writer, size_t cell);

/* Appends to `line`. */
void mig_writer_put(struct mig_writer *writer, struct mig_text text);
void mig_writer_put_string(struct mig_writer *writer, const char *terminated);

/* What stands for the first `taken` bytes of a text; taken is 0 where the first byte stands for itself. */
struct mig_escape {
    size_t taken;
    char with[8];
};
typedef struct mig_escape mig_escape_rule(struct mig_text rest);

/* The rules of aligned text, where no cell can drive the terminal, and of Markdown. */
struct mig_escape mig_escape_text(struct mig_text rest);
struct mig_escape mig_escape_md(struct mig_text rest);

/* Appends `text` to `out`, escaped by `rule`. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_escape_append(struct mig_buffer *out, struct mig_text text,
    mig_escape_rule *rule, struct mig_error *error);

/* The same to `line`. */
void mig_writer_put_escaped(struct mig_writer *writer, struct mig_text text, mig_escape_rule *rule);

/* Writes the text out, unless there was an error before. */
void mig_writer_write(struct mig_writer *writer, struct mig_text text);

/* Writes `line` out and empties it. */
void mig_writer_flush_line(struct mig_writer *writer);

#endif
