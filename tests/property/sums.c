/* A sum of decimals is their exact sum, whatever the order and the way they were cut into parts.
 *
 * The numbers of a set come from SplitMix64, which Python runs as well; the expected values are
 * Python's, exact by fractions.Fraction:
 *
 *   M = 2**64 - 1
 *   def stream(s):
 *       while True:
 *           s = s + 0x9E3779B97F4A7C15 & M
 *           z = (s ^ s >> 30) * 0xBF58476D1CE4E5B9 & M
 *           z = (z ^ z >> 27) * 0x94D049BB133111EB & M
 *           yield z ^ z >> 31
 *   def numbers(seed, count, longest, low, high):
 *       g = stream(seed)
 *       for _ in range(count):
 *           sign = '-' if next(g) % 2 else ''
 *           n = 1 + next(g) % longest
 *           digits = ''.join(str(next(g) % 10) for _ in range(n))
 *           point = next(g) % (n + 1)
 *           yield f'{sign}{digits[:point]}.{digits[point:]}e{low + next(g) % (high - low + 1)}'
 *   getcontext().prec = 3000
 *   t = sum(map(Fraction, numbers(...)))
 *   s = (Decimal(t.numerator) / Decimal(t.denominator)).normalize()
 *   print(format(s, 'f'), float(s).hex())
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sum.h"

enum { MOST = 2000, NUMBER_TEXT = 96 };

struct set {
    const char *name;
    uint64_t seed;
    int count, longest, low, high;
    const char *text;
    double nearest;
};

static const struct set sets[] = {
    {"money", 1, 2000, 9, -2, 2, "-76700222574.87968181513", -0x1.1dbb0846ee133p+36},
    {"long numbers", 2, 300, 60, -30, 30,
        "-25543732829740571375951210013557313462866325212621187044784810307284.1582847803"
        "45880396898629905892733633626108118053667860653285108605195881936789337",
        -0x1.e51abfee3cd59p+223},
    {"far apart", 3, 200, 60, -300, 300,
        "16516315411010353713665795308479398464824134460764002433739567084095477766568769"
        "29576771055351474691459469246555744832160557138837691796118003874077721700096651"
        "52719048671176635571057671034428120262597975613823732906405692825404862542335629"
        "49469485574157415848323571524335595467297763747639035785060957368278667390464696"
        "050.3146765838529817119627655431740526040841881565783768146228984554991291604547"
        "49208207748542050806551951655104287684621981825713461504104203163149367044816196"
        "96781108922081698057455044468535512533163726881672614574196708832226006895474857"
        "96755233401637206329283391834330201263250292809964639126738821751817610591570436"
        "63522607477",
        INFINITY},
    {"near nothing", 4, 100, 60, -300, -240,
        "0.000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "00000000000000000000000000000000042287528234761447271970275730608073300533561448"
        "98919321890942294520145387639097368620077714074565499040327781069569723601041721"
        "83432321312207472963220517",
        0x1.34b1e779f4a23p-636},
};

struct numbers {
    char texts[MOST][NUMBER_TEXT];
    size_t count;
};

static uint64_t next(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int next_below(uint64_t *state, int below)
{
    return (int)(next(state) % (uint64_t)below);
}

static void make_number(const struct set *set, uint64_t *state, char out[NUMBER_TEXT])
{
    char digits[NUMBER_TEXT];
    const char *sign = next_below(state, 2) ? "-" : "";
    int length = 1 + next_below(state, set->longest);
    for (int i = 0; i < length; i++)
        digits[i] = (char)('0' + next_below(state, 10));
    int point = next_below(state, length + 1);
    int exponent = set->low + next_below(state, set->high - set->low + 1);
    snprintf(out, NUMBER_TEXT, "%s%.*s.%.*se%d", sign, point, digits, length - point,
        digits + point, exponent);
}

static struct numbers *make_numbers(const struct set *set)
{
    struct numbers *numbers = calloc(1, sizeof *numbers);
    assert_non_null(numbers);
    uint64_t state = set->seed;
    for (; numbers->count < (size_t)set->count; numbers->count++)
        make_number(set, &state, numbers->texts[numbers->count]);
    return numbers;
}

static void shuffle(struct numbers *numbers, uint64_t *state)
{
    for (size_t i = numbers->count; i > 1; i--) {
        size_t other = (size_t)next_below(state, (int)i);
        char kept[NUMBER_TEXT];
        memcpy(kept, numbers->texts[i - 1], NUMBER_TEXT);
        memmove(numbers->texts[i - 1], numbers->texts[other], NUMBER_TEXT);
        memcpy(numbers->texts[other], kept, NUMBER_TEXT);
    }
}

static void add_text(struct mig_sum *sum, struct mig_text text, bool negate)
{
    struct mig_decimal decimal;
    assert_int_equal(mig_decimal_parse(text, &decimal, NULL), MIG_OK);
    decimal.negative = decimal.negative != negate;
    assert_int_equal(mig_sum_add(sum, &decimal, NULL), MIG_OK);
}

static void add_range(
    struct mig_sum *sum, const struct numbers *numbers, size_t first, size_t end, bool negate)
{
    for (size_t i = first; i < end; i++)
        add_text(sum, mig_text_of(numbers->texts[i]), negate);
}

static void assert_sum_text(const struct mig_sum *sum, const char *expected)
{
    struct mig_buffer text = {0};
    assert_int_equal(mig_sum_format(sum, &text, NULL), MIG_OK);
    assert_string_equal(text.data, expected);
    mig_buffer_release(&text);
}

static void test_any_order(void **unused)
{
    (void)unused;
    for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++) {
        struct numbers *numbers = make_numbers(&sets[s]);
        uint64_t state = 11;
        for (int repeat = 0; repeat < 20; repeat++) {
            struct mig_sum sum = {0};
            add_range(&sum, numbers, 0, numbers->count, false);
            assert_sum_text(&sum, sets[s].text);
            mig_sum_release(&sum);
            shuffle(numbers, &state);
        }
        free(numbers);
    }
}

/* Sums the parts first and then the parts' sums, as sums or as the text that a file would hold. */
static void sum_of_parts(
    struct mig_sum *total, const struct numbers *numbers, uint64_t *state, bool through_text)
{
    for (size_t first = 0, end; first < numbers->count; first = end) {
        size_t left = numbers->count - first;
        end = first + 1 + (size_t)next_below(state, (int)left);
        struct mig_sum part = {0};
        struct mig_buffer text = {0};
        add_range(&part, numbers, first, end, false);
        if (through_text) {
            assert_int_equal(mig_sum_format(&part, &text, NULL), MIG_OK);
            add_text(total, mig_buffer_text(&text), false);
        } else {
            assert_int_equal(mig_sum_add_sum(total, &part, NULL), MIG_OK);
        }
        mig_buffer_release(&text);
        mig_sum_release(&part);
    }
}

static void test_any_cut(void **unused)
{
    (void)unused;
    for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++) {
        struct numbers *numbers = make_numbers(&sets[s]);
        uint64_t state = 12;
        for (int repeat = 0; repeat < 20; repeat++) {
            struct mig_sum total = {0};
            sum_of_parts(&total, numbers, &state, repeat % 2 != 0);
            assert_sum_text(&total, sets[s].text);
            mig_sum_release(&total);
            shuffle(numbers, &state);
        }
        free(numbers);
    }
}

static void test_cut_into_single_numbers(void **unused)
{
    (void)unused;
    for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++) {
        struct numbers *numbers = make_numbers(&sets[s]);
        struct mig_sum total = {0};
        for (size_t i = 0; i < numbers->count; i++) {
            struct mig_sum one = {0};
            add_range(&one, numbers, i, i + 1, false);
            assert_int_equal(mig_sum_add_sum(&total, &one, NULL), MIG_OK);
            mig_sum_release(&one);
        }
        assert_sum_text(&total, sets[s].text);
        mig_sum_release(&total);
        free(numbers);
    }
}

static void test_nearest_double(void **unused)
{
    (void)unused;
    for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++) {
        struct numbers *numbers = make_numbers(&sets[s]);
        struct mig_sum sum = {0};
        double value;
        add_range(&sum, numbers, 0, numbers->count, false);
        assert_int_equal(mig_sum_to_double(&sum, &value, NULL), MIG_OK);
        assert_true(value == sets[s].nearest);
        assert_int_equal(mig_sum_sign(&sum), sets[s].text[0] == '-' ? -1 : 1);
        mig_sum_release(&sum);
        free(numbers);
    }
}

/* x - x is 0 and x + small - x is small, in any order: nothing is absorbed. */
static void test_everything_cancels(void **unused)
{
    (void)unused;
    for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++) {
        struct numbers *numbers = make_numbers(&sets[s]);
        struct mig_sum sum = {0};
        uint64_t state = 13;
        add_range(&sum, numbers, 0, numbers->count, false);
        add_text(&sum, mig_text_of("0.30"), false);
        shuffle(numbers, &state);
        add_range(&sum, numbers, 0, numbers->count, true);
        assert_sum_text(&sum, "0.3");
        assert_false(mig_sum_is_integer(&sum));
        add_text(&sum, mig_text_of("0.3"), true);
        assert_sum_text(&sum, "0");
        assert_int_equal(mig_sum_sign(&sum), 0);
        assert_true(mig_sum_is_integer(&sum));
        mig_sum_release(&sum);
        free(numbers);
    }
}

/* A number is read the short way, or at length when an exponent follows: to the same sum. */
static void test_both_ways_of_reading(void **unused)
{
    (void)unused;
    static const char alphabet[] = "0012599.-+";
    uint64_t state = 17;
    for (int i = 0; i < 200000; i++) {
        char text[32], long_text[40];
        size_t length = (size_t)next_below(&state, 24);
        for (size_t j = 0; j < length; j++)
            text[j] = alphabet[next_below(&state, j > 0 ? 8 : 10)];
        text[length] = '\0';
        snprintf(long_text, sizeof long_text, "%se0", text);
        struct mig_decimal a, b;
        enum mig_status status = mig_decimal_parse(mig_text_of(text), &a, NULL);
        assert_int_equal(status, mig_decimal_parse(mig_text_of(long_text), &b, NULL));
        if (status != MIG_OK)
            continue;
        assert_int_equal(mig_decimal_compare(&a, &b), 0);
        assert_int_equal(mig_decimal_is_integer(&a), mig_decimal_is_integer(&b));
        assert_int_equal(mig_decimal_is_negative(&a), mig_decimal_is_negative(&b));
        assert_true(mig_decimal_to_double(&a) == mig_decimal_to_double(&b));
        struct mig_sum difference = {0};
        a.negative = !a.negative;
        assert_int_equal(mig_sum_add(&difference, &a, NULL), MIG_OK);
        assert_int_equal(mig_sum_add(&difference, &b, NULL), MIG_OK);
        assert_int_equal(mig_sum_sign(&difference), 0);
        mig_sum_release(&difference);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_any_cut),
        cmocka_unit_test(test_cut_into_single_numbers),
        cmocka_unit_test(test_nearest_double),
        cmocka_unit_test(test_everything_cancels),
        cmocka_unit_test(test_both_ways_of_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
