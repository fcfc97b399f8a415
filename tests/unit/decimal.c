#include <locale.h>
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

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

static struct mig_decimal parsed(const char *text)
{
    struct mig_decimal decimal;
    assert_int_equal(mig_decimal_parse(mig_text_of(text), &decimal, NULL), MIG_OK);
    return decimal;
}

static void add(struct mig_sum *sum, const char *text)
{
    struct mig_decimal decimal = parsed(text);
    assert_int_equal(mig_sum_add(sum, &decimal, NULL), MIG_OK);
}

static void assert_sum_text(const struct mig_sum *sum, const char *expected)
{
    struct mig_buffer text = {0};
    assert_int_equal(mig_sum_format(sum, &text, NULL), MIG_OK);
    assert_string_equal(text.data, expected);
    mig_buffer_release(&text);
}

/* Python: format(decimal.Decimal(text).normalize(), 'f') */
static const struct {
    const char *text, *canonical;
} written[] = {
    {"0", "0"},
    {"-0", "0"},
    {"-0.00e5", "0"},
    {"0e999999999999999999999", "0"},
    {"7", "7"},
    {"+7", "7"},
    {"-7", "-7"},
    {"007", "7"},
    {"100", "100"},
    {"1.500", "1.5"},
    {"10.0", "10"},
    {".5", "0.5"},
    {"5.", "5"},
    {"-.050", "-0.05"},
    {"8.0500", "8.05"},
    {"1e3", "1000"},
    {"1E+3", "1000"},
    {"12.5e-3", "0.0125"},
    {"1200e-2", "12"},
    {"0.000e7", "0"},
    {"18446744073709551615", "18446744073709551615"},
    {"18446744073709551616", "18446744073709551616"},
    {"9999999999999999999", "9999999999999999999"},
    {"-12345678901234567890.123456789012345678900", "-12345678901234567890.1234567890123456789"},
    {"1e38", "100000000000000000000000000000000000000"},
    {"1e39", "1000000000000000000000000000000000000000"},
    {"170141183460469231731687303715884105728", "170141183460469231731687303715884105728"},
    {"1000000000000000000000000000000000000000000", "1000000000000000000000000000000000000000000"},
};

static void test_canonical_text(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < LENGTH_OF(written); i++) {
        struct mig_sum sum = {0};
        add(&sum, written[i].text);
        assert_sum_text(&sum, written[i].canonical);
        mig_sum_release(&sum);
    }
}

static void test_not_a_number(void **unused)
{
    (void)unused;
    static const char *const wrong[] = {"", " ", ".", "+", "-", "-.", "e5", ".e5", "1e", "1e+",
        "1e-", "1e5.0", "1.2.3", "1,5", "1 234", " 1", "1 ", "--1", "+-1", "1-", "0x10", "nan",
        "inf", "Infinity", "1_000", "1e5e5", "abc", "\xd9\xa1"};
    for (size_t i = 0; i < LENGTH_OF(wrong); i++) {
        struct mig_decimal decimal;
        struct mig_error error = {0};
        char expected[64];
        snprintf(expected, sizeof expected, "'%s' is not a number", wrong[i]);
        assert_int_equal(mig_decimal_parse(mig_text_of(wrong[i]), &decimal, &error), MIG_VALUE);
        assert_int_equal(error.status, MIG_VALUE);
        assert_string_equal(error.text, expected);
    }
}

/* Numbers of few characters are read at once: each byte at each place is what the grammar says. */
static void test_any_byte_at_any_place(void **unused)
{
    (void)unused;
    for (size_t length = 1; length <= 9; length++)
        for (size_t at = 0; at < length; at++)
            for (int byte = 1; byte < 256; byte++) {
                char text[] = "123456789";
                struct mig_decimal decimal;
                uint64_t count;
                text[length] = '\0';
                text[at] = (char)byte;
                bool digit = byte >= '0' && byte <= '9', alone = length == 1;
                bool sign = (byte == '-' || byte == '+') && at == 0 && !alone;
                bool point = byte == '.' && !alone;
                bool exponent = (byte == 'e' || byte == 'E') && at > 0 && at + 1 < length;
                enum mig_status status = mig_decimal_parse(mig_text_of(text), &decimal, NULL);
                if (!exponent) /* as large as 1e2345678: a limit */
                    assert_int_equal(status, digit || sign || point ? MIG_OK : MIG_VALUE);
                if (digit) {
                    assert_true(mig_decimal_to_count(&decimal, &count));
                    assert_true(count == strtoull(text, NULL, 10));
                }
            }
}

static void test_text_without_data(void **unused)
{
    (void)unused;
    struct mig_decimal decimal;
    struct mig_text nothing = {0};
    assert_int_equal(mig_decimal_parse(nothing, &decimal, NULL), MIG_VALUE);
}

static void test_text_ends_at_its_length(void **unused)
{
    (void)unused;
    struct mig_decimal decimal;
    struct mig_text text = {"123456", 3};
    assert_int_equal(mig_decimal_parse(text, &decimal, NULL), MIG_OK);
    assert_true(mig_decimal_to_double(&decimal) == 123);
    text = (struct mig_text){"1\0002", 3};
    assert_int_equal(mig_decimal_parse(text, &decimal, NULL), MIG_VALUE);
}

/* Writes `first`, `count` zeros and `last` after one another. */
static char *with_zeros(const char *first, size_t count, const char *last)
{
    size_t size = strlen(first) + count + strlen(last) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    snprintf(text, size, "%s%0*d%s", first, (int)count, 0, last);
    return text;
}

static void assert_parse(char *text, enum mig_status expected)
{
    struct mig_decimal decimal;
    assert_int_equal(mig_decimal_parse(mig_text_of(text), &decimal, NULL), expected);
    free(text);
}

static void test_limits(void **unused)
{
    (void)unused;
    assert_parse(with_zeros("1", MIG_DECIMAL_PLACES - 1, ""), MIG_OK);
    assert_parse(with_zeros("1", MIG_DECIMAL_PLACES, ""), MIG_LIMIT);
    assert_parse(with_zeros("1", MIG_DECIMAL_PLACES, "e-1"), MIG_OK);
    assert_parse(with_zeros("0.", MIG_DECIMAL_PLACES - 1, "1"), MIG_OK);
    assert_parse(with_zeros("0.", MIG_DECIMAL_PLACES, "1"), MIG_LIMIT);
    assert_parse(with_zeros("0.", MIG_DECIMAL_PLACES, "1e1"), MIG_OK);
    assert_parse(with_zeros("1.", MIG_DECIMAL_PLACES + 1, ""), MIG_OK);
    assert_parse(with_zeros("", MIG_DECIMAL_PLACES + 1, "1"), MIG_OK);
    assert_parse(with_zeros("1e-", MIG_DECIMAL_PLACES, "1"), MIG_OK);
    assert_parse(with_zeros("1e-15", 1, "0"), MIG_OK);
    assert_parse(with_zeros("1e-15", 1, "1"), MIG_LIMIT);
    assert_parse(with_zeros("1e", 1, "1499"), MIG_OK);
    assert_parse(with_zeros("1e", 1, "1500"), MIG_LIMIT);
    assert_parse(with_zeros("1e9", 30, ""), MIG_LIMIT);
    assert_parse(with_zeros("1e-9", 30, ""), MIG_LIMIT);
}

/* An exponent of seven digits that an equally long mantissa brings back: both are read in full. */
static void test_exponent_is_not_cut(void **unused)
{
    (void)unused;
    char *text = with_zeros("0.", 1234567, "5e1234568");
    struct mig_decimal decimal = parsed(text);
    assert_true(mig_decimal_to_double(&decimal) == 5);
    free(text);
    assert_parse(with_zeros("0.", 100000, "5e1000001"), MIG_LIMIT);
}

static void test_limit_is_named_for_long_numbers(void **unused)
{
    (void)unused;
    char *text = with_zeros("1", 2000, "");
    struct mig_decimal decimal;
    struct mig_error error = {0};
    assert_int_equal(mig_decimal_parse(mig_text_of(text), &decimal, &error), MIG_LIMIT);
    assert_non_null(strstr(error.text, "0' has more than 1500 digits"));
    text[3] = 'x';
    assert_int_equal(mig_decimal_parse(mig_text_of(text), &decimal, &error), MIG_VALUE);
    assert_non_null(strstr(error.text, "0' is not a number"));
    free(text);
}

static void test_integer_and_sign(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        bool integer, negative;
        int sign;
    } cases[] = {
        {"0", true, false, 0},
        {"-0.0", true, false, 0},
        {"12.000", true, false, 1},
        {"-1200e-2", true, true, -1},
        {"-0.5", false, true, -1},
        {"1e-400", false, false, 1},
        {"123456789012345678901234567890.5", false, false, 1},
        {"-123456789012345678901234567890", true, true, -1},
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct mig_decimal decimal = parsed(cases[i].text);
        struct mig_sum sum = {0};
        add(&sum, cases[i].text);
        assert_int_equal(mig_decimal_is_integer(&decimal), cases[i].integer);
        assert_int_equal(mig_decimal_is_negative(&decimal), cases[i].negative);
        assert_int_equal(mig_sum_is_integer(&sum), cases[i].integer);
        assert_int_equal(mig_sum_sign(&sum), cases[i].sign);
        mig_sum_release(&sum);
    }
}

static void test_integer_sum_of_parts(void **unused)
{
    (void)unused;
    struct mig_sum sum = {0};
    add(&sum, "0.5");
    assert_false(mig_sum_is_integer(&sum));
    add(&sum, "1.50");
    assert_true(mig_sum_is_integer(&sum));
    add(&sum, "1e-40"); /* 41 digits: no longer in 128 bits */
    assert_false(mig_sum_is_integer(&sum));
    add(&sum, "-1e-40");
    assert_true(mig_sum_is_integer(&sum));
    assert_sum_text(&sum, "2");
    mig_sum_release(&sum);
}

static void test_counts(void **unused)
{
    (void)unused;
    struct mig_decimal most = mig_decimal_of_count(UINT64_MAX);
    struct mig_sum sum = {0};
    for (int i = 0; i < 3; i++)
        assert_int_equal(mig_sum_add(&sum, &most, NULL), MIG_OK);
    assert_sum_text(&sum, "55340232221128654845"); /* Python: 3 * (2**64 - 1) */
    assert_true(mig_decimal_is_integer(&most));
    mig_sum_release(&sum);
}

static void test_to_count(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        bool is_count;
        uint64_t count;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"12.00", true, 12},
        {"1e19", true, UINT64_C(10000000000000000000)},
        {"18446744073709551615", true, UINT64_MAX},
        {"1844674407370955161.50e1", true, UINT64_MAX},
        {"18446744073709551616", false, 0},
        {"18446744073709551620", false, 0},
        {"18446744073709551615.5", false, 0},
        {"1e20", false, 0},
        {"1e399", false, 0},
        {"0.5", false, 0},
        {"-1", false, 0},
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct mig_decimal decimal = parsed(cases[i].text);
        uint64_t count;
        assert_int_equal(mig_decimal_to_count(&decimal, &count), cases[i].is_count);
        if (cases[i].is_count)
            assert_true(count == cases[i].count);
    }
}

/* Python: str(Decimal) of the sums, around the ends of 128 bits. */
static void test_sum_leaves_the_fast_lane(void **unused)
{
    (void)unused;
    struct mig_sum sum = {0}, other = {0};
    add(&sum, "170141183460469231731687303715884105727");
    assert_sum_text(&sum, "170141183460469231731687303715884105727");
    add(&sum, "1");
    assert_sum_text(&sum, "170141183460469231731687303715884105728");
    add(&sum, "-170141183460469231731687303715884105728");
    assert_sum_text(&sum, "0");
    add(&sum, "-170141183460469231731687303715884105728");
    add(&sum, "-1");
    assert_sum_text(&sum, "-170141183460469231731687303715884105729");
    add(&other, "10000000000000000000e19"); /* 10**38 stays in 128 bits */
    add(&other, "7000000000000000000e19");
    add(&other, "1e38");
    assert_sum_text(&other, "270000000000000000000000000000000000000");
    assert_int_equal(mig_sum_add_sum(&sum, &other, NULL), MIG_OK);
    assert_sum_text(&sum, "99858816539530768268312696284115894271");
    assert_sum_text(&other, "270000000000000000000000000000000000000");
    mig_sum_release(&sum);
    mig_sum_release(&other);
}

static void test_sum_added_to_itself(void **unused)
{
    (void)unused;
    static const char *const starts[] = {"1.25", "123456789012345678901234567890123456789012.5"};
    static const char *const doubled[] = {"2.5", "246913578024691357802469135780246913578025"};
    for (size_t i = 0; i < LENGTH_OF(starts); i++) {
        struct mig_sum sum = {0};
        add(&sum, starts[i]);
        assert_int_equal(mig_sum_add_sum(&sum, &sum, NULL), MIG_OK);
        assert_sum_text(&sum, doubled[i]);
        mig_sum_release(&sum);
    }
}

static void test_compare(void **unused)
{
    (void)unused;
    static const char *const ascending[] = {"-1e399", "-170141183460469231731687303715884105728",
        "-123456789012345678901234567890.5", "-123456789012345678901234567890", "-10", "-9", "-1",
        "-0.1", "-1e-400", "0", "1e-400", "0.1", "0.10000000000000000000001", "1",
        "9007199254740992", "9007199254740993", "170141183460469231731687303715884105727",
        "170141183460469231731687303715884105728", "1e399"};
    for (size_t i = 0; i < LENGTH_OF(ascending); i++)
        for (size_t j = 0; j < LENGTH_OF(ascending); j++) {
            struct mig_sum a = {0}, b = {0};
            int order;
            add(&a, ascending[i]);
            add(&b, ascending[j]);
            assert_int_equal(mig_sum_compare(&a, &b, &order, NULL), MIG_OK);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
            struct mig_decimal x = parsed(ascending[i]), y = parsed(ascending[j]);
            order = mig_decimal_compare(&x, &y);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
            mig_sum_release(&a);
            mig_sum_release(&b);
        }
}

static void test_compare_equal_values(void **unused)
{
    (void)unused;
    static const char *const same[][2] = {{"0", "-0.00"}, {"1.0", "1"}, {"100", "1e2"},
        {"-0.50", "-5e-1"}, {"12345678901234567890.50", "0012345678901234567890.5"}};
    for (size_t i = 0; i < LENGTH_OF(same); i++) {
        struct mig_decimal a = parsed(same[i][0]), b = parsed(same[i][1]);
        assert_int_equal(mig_decimal_compare(&a, &b), 0);
        assert_int_equal(mig_decimal_compare(&b, &a), 0);
    }
    struct mig_decimal count = mig_decimal_of_count(100), hundred = parsed("1e2");
    assert_int_equal(mig_decimal_compare(&count, &hundred), 0);
}

static void test_released_sum_is_zero(void **unused)
{
    (void)unused;
    struct mig_sum sum = {0};
    add(&sum, "123456789012345678901234567890123456789012.5");
    mig_sum_release(&sum);
    assert_sum_text(&sum, "0");
    mig_sum_release(&sum);
    mig_sum_release(NULL);
}

/* Python: float(text).hex(). Half-way cases, subnormals and the numbers of Paxson, "A Program for
 * Testing IEEE Decimal-Binary Conversion", 1991, tables 1 to 3. */
static const struct {
    const char *text;
    double nearest;
} doubles[] = {
    {"0", 0x0.0p+0},
    {"0.1", 0x1.999999999999ap-4},
    {"0.3", 0x1.3333333333333p-2},
    {"1e22", 0x1.0f0cf064dd592p+73},
    {"1e23", 0x1.52d02c7e14af6p+76},
    {"8.5e22", 0x1.1ffdbf6b2b2ebp+76},
    {"123456789012345678", 0x1.b69b4ba630f35p+56},
    {"123456789012345678901234567890", 0x1.8ee90ff6c373ep+96},
    {"0.30000000000000004", 0x1.3333333333334p-2},
    {"2.718281828459045235360287471353", 0x1.5bf0a8b145769p+1},
    {"9007199254740992", 0x1.0000000000000p+53},
    {"9007199254740993", 0x1.0000000000000p+53},
    {"9007199254740993.0000000000000000000000000001", 0x1.0000000000001p+53},
    {"9007199254740995", 0x1.0000000000002p+53},
    {"-9007199254740993", -0x1.0000000000000p+53},
    {"1.00000000000000011102230246251565404236316680908203124", 0x1.0000000000000p+0},
    {"1.00000000000000011102230246251565404236316680908203125", 0x1.0000000000000p+0},
    {"1.00000000000000011102230246251565404236316680908203126", 0x1.0000000000001p+0},
    {"1.00000000000000033306690738754696212708950042724609375", 0x1.0000000000002p+0},
    {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
    {"2.2250738585072012e-308", 0x1.0000000000000p-1022},
    {"2.2250738585072014e-308", 0x1.0000000000000p-1022},
    {"5e-324", 0x0.0000000000001p-1022},
    {"4.9406564584124654e-324", 0x0.0000000000001p-1022},
    {"2.4703282292062327e-324", 0x0.0p+0},
    {"2.4703282292062328e-324", 0x0.0000000000001p-1022},
    {"6.631236846766476e-316", 0x0.0000008000000p-1022},
    {"3.2378839133029012895883523763e-319", 0x0.000000000ffffp-1022},
    {"1.7976931348623157e308", 0x1.fffffffffffffp+1023},
    {"1.7976931348623158e308", 0x1.fffffffffffffp+1023},
    {"1.7976931348623158079e308", 0x1.fffffffffffffp+1023},
    {"1.7976931348623159e308", INFINITY},
    {"1e399", INFINITY},
    {"1e-400", 0x0.0p+0},
    {"5e125", 0x1.7a2ecc414a03fp+417},
    {"69e267", 0x1.0b7cb60c994dap+893},
    {"999e-026", 0x1.82782afe1869ep-77},
    {"7861e-034", 0x1.fe3544145e9d8p-101},
    {"75569e-254", 0x1.5a462d91c6ab3p-828},
    {"928609e-261", 0x1.be2dd66200befp-848},
    {"9210917e080", 0x1.da232347e6032p+288},
    {"84863171e114", 0x1.06e98f5ec8f37p+405},
    {"653777767e273", 0x1.20223f2b3a881p+936},
    {"5232604057e-298", 0x1.465b896c24520p-958},
    {"104110013277974872254e-225", 0x1.0b661a31987aep-681},
    {"18446744073709551615", 0x1.0000000000000p+64},
    {"18446744073709551616", 0x1.0000000000000p+64},
    {"9999999999999999999", 0x1.158e460913d00p+63},
    {"99999999999999999999", 0x1.5af1d78b58c40p+66},
};

static void test_nearest_double(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < LENGTH_OF(doubles); i++) {
        struct mig_decimal decimal = parsed(doubles[i].text);
        struct mig_sum sum = {0};
        double value = mig_decimal_to_double(&decimal), of_sum;
        add(&sum, doubles[i].text);
        assert_int_equal(mig_sum_to_double(&sum, &of_sum, NULL), MIG_OK);
        if (value != doubles[i].nearest || of_sum != doubles[i].nearest)
            fail_msg(
                "%s gives %a and %a, not %a", doubles[i].text, value, of_sum, doubles[i].nearest);
        mig_sum_release(&sum);
    }
}

static void test_zero_has_no_sign(void **unused)
{
    (void)unused;
    struct mig_decimal decimal = parsed("-0.0");
    assert_false(signbit(mig_decimal_to_double(&decimal)));
}

/* Python, d digits:
 *   t = Decimal(format(x, f'.{d - 1}e')).normalize(); e = t.adjusted()
 *   format(t, 'f') if -5 <= e <= 15 else f'{t.scaleb(-e)}e{e:+03d}' */
static const struct {
    double value;
    int digits;
    const char *text;
} formats[] = {
    {0.1, 10, "0.1"},
    {1, 10, "1"},
    {-1, 10, "-1"},
    {100, 10, "100"},
    {123456789, 10, "123456789"},
    {1234567890123, 10, "1234567890000"},
    {0.00001, 10, "0.00001"},
    {0.0000123456789012, 10, "0.0000123456789"},
    {0.000001, 10, "1e-06"},
    {1.5e-7, 10, "1.5e-07"},
    {999999999949, 10, "999999999900"},
    {9999999999.5, 10, "10000000000"},
    {99999999995, 10, "100000000000"},
    {1e15, 10, "1000000000000000"},
    {1e16, 10, "1e+16"},
    {1234567890123456, 10, "1234567890000000"},
    {12345678901234567.0, 10, "1.23456789e+16"},
    {-2.5, 10, "-2.5"},
    {3.14159265358979, 10, "3.141592654"},
    {1e100, 10, "1e+100"},
    {-1e-300, 10, "-1e-300"},
    {0.30000000000000004, 10, "0.3"},
    {2.5e-5, 10, "0.000025"},
    {9.99999999999e-6, 10, "0.00001"},
    {1.7976931348623157e308, 10, "1.797693135e+308"},
    {5e-324, 10, "4.940656458e-324"},
    {8050, 10, "8050"},
    {0.5, 10, "0.5"},
    {1e22, 10, "1e+22"},
    {0.1, 17, "0.10000000000000001"},
    {0.3, 17, "0.29999999999999999"},
    {0.3333333333333333, 17, "0.33333333333333331"},
    {0.6666666666666666, 1, "0.7"},
    {2.5, 1, "2"},
    {3.5, 1, "4"},
    {0.125, 2, "0.12"},
    {0.375, 2, "0.38"},
    {9.5, 1, "10"},
    {12345.678, 3, "12300"},
    {5e-324, 17, "4.9406564584124654e-324"},
    {-1.7976931348623157e+308, 17, "-1.7976931348623157e+308"},
    {-1.2345678901234568e-05, 17, "-0.000012345678901234568"},
    {1.2345678901234568e+17, 17, "1.2345678901234568e+17"},
    {1234567890123456.8, 17, "1234567890123456.8"},
    {0.0, 10, "0"},
    {-0.0, 10, "0"},
};

static void assert_formats(void)
{
    for (size_t i = 0; i < LENGTH_OF(formats); i++) {
        char text[MIG_DOUBLE_TEXT];
        size_t length = mig_double_format(formats[i].value, formats[i].digits, text);
        assert_string_equal(text, formats[i].text);
        assert_int_equal(length, strlen(formats[i].text));
    }
}

static void test_double_format(void **unused)
{
    (void)unused;
    assert_formats();
}

/* 17 digits identify a double (IEEE 754-2019, 5.12.2). */
static void test_17_digits_come_back(void **unused)
{
    (void)unused;
    uint64_t state = 1;
    for (int i = 0; i < 20000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t bits = state ^ (state >> 29);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        char text[MIG_DOUBLE_TEXT];
        mig_double_format(value, 17, text);
        struct mig_decimal decimal = parsed(text);
        assert_true(mig_decimal_to_double(&decimal) == value);
    }
}

/* The locales that the runner made. Other programs must not see them: with LOCPATH they would see
 * no others. */
static const char made_locales[] = "MIG_TEST_LOCALES";

static void test_comma_locale(void **unused)
{
    const char *folder = getenv(made_locales);
    if (folder == NULL) {
        print_message("%s names no folder: localedef could not make one\n", made_locales);
        skip();
    }
    assert_int_equal(setenv("LOCPATH", folder, 1), 0);
    assert_non_null(setlocale(LC_ALL, "de_DE.UTF-8"));
    assert_string_equal(localeconv()->decimal_point, ",");
    test_nearest_double(unused);
    test_canonical_text(unused);
    assert_formats();
    char text[8];
    snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0,5"); /* the caller's locale is left as it was */
}

static int leave_locale(void **unused)
{
    (void)unused;
    return setlocale(LC_ALL, "C") == NULL;
}

/* Short numbers have a way of their own; with an exponent of 0 behind them they go the long way. */
static void test_short_ways_agree(void **state)
{
    (void)state;
    static const char letters[] = "0917.-+ x";
    enum { LETTERS = sizeof letters - 1, LONGEST = 5 };
    static const char *const ends[] = {"", "00", ".50", "999"};
    size_t number = 1, numbers = 0;
    for (size_t length = 0; length <= LONGEST; length++, number *= LETTERS)
        for (size_t i = 0; i < number * LENGTH_OF(ends); i++) {
            char text[16], longer[20];
            struct mig_decimal a, b;
            size_t rest = i / LENGTH_OF(ends);
            for (size_t j = 0; j < length; j++, rest /= LETTERS)
                text[j] = letters[rest % LETTERS];
            snprintf(text + length, sizeof text - length, "%s", ends[i % LENGTH_OF(ends)]);
            snprintf(longer, sizeof longer, "%se0", text);
            enum mig_status status = mig_decimal_parse(mig_text_of(text), &a, NULL);
            assert_int_equal(status, mig_decimal_parse(mig_text_of(longer), &b, NULL));
            numbers += status == MIG_OK;
            if (status == MIG_OK)
                assert_true(mig_decimal_compare(&a, &b) == 0 && a.wide == b.wide);
        }
    assert_true(numbers > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canonical_text),
        cmocka_unit_test(test_not_a_number),
        cmocka_unit_test(test_any_byte_at_any_place),
        cmocka_unit_test(test_short_ways_agree),
        cmocka_unit_test(test_text_without_data),
        cmocka_unit_test(test_text_ends_at_its_length),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_exponent_is_not_cut),
        cmocka_unit_test(test_limit_is_named_for_long_numbers),
        cmocka_unit_test(test_integer_and_sign),
        cmocka_unit_test(test_integer_sum_of_parts),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_to_count),
        cmocka_unit_test(test_sum_leaves_the_fast_lane),
        cmocka_unit_test(test_sum_added_to_itself),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_compare_equal_values),
        cmocka_unit_test(test_released_sum_is_zero),
        cmocka_unit_test(test_nearest_double),
        cmocka_unit_test(test_zero_has_no_sign),
        cmocka_unit_test(test_double_format),
        cmocka_unit_test(test_17_digits_come_back),
        cmocka_unit_test_teardown(test_comma_locale, leave_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
