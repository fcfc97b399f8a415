/* Mean and standard deviation to 15 digits, against the certified values of NIST's Statistical
 * Reference Datasets (univariate summary statistics,
 * https://www.itl.nist.gov/div898/strd/univ/homepage.html), whose data are typed in here; NumAcc1
 * to 4 are made by their documented rule, and the digits of pi are computed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

#include "close.h"
#include "stats/summary.h"

struct set {
    const char *name;
    size_t n;
    double mean, sd;
    const char *data; /* separated by blanks */
};

static const struct set sets[] = {
    {"Mavro", 50, 2.001856, 0.000429123454003053,
        "2.00180 2.00170 2.00180 2.00190 2.00180 2.00170 2.00150 2.00140 2.00150 2.00150 "
        "2.00170 2.00180 2.00180 2.00190 2.00190 2.00210 2.00200 2.00160 2.00140 2.00130 "
        "2.00130 2.00150 2.00150 2.00160 2.00150 2.00140 2.00130 2.00140 2.00150 2.00140 "
        "2.00150 2.00160 2.00150 2.00160 2.00190 2.00200 2.00200 2.00210 2.00220 2.00230 "
        "2.00240 2.00250 2.00270 2.00260 2.00260 2.00260 2.00270 2.00260 2.00250 2.00240"},
    {"Michelso", 100, 299.8524, 0.0790105478190518,
        "299.85 299.74 299.90 300.07 299.93 299.85 299.95 299.98 299.98 299.88 300.00 299.98 "
        "299.93 299.65 299.76 299.81 300.00 300.00 299.96 299.96 299.96 299.94 299.96 299.94 "
        "299.88 299.80 299.85 299.88 299.90 299.84 299.83 299.79 299.81 299.88 299.88 299.83 "
        "299.80 299.79 299.76 299.80 299.88 299.88 299.88 299.86 299.72 299.72 299.62 299.86 "
        "299.97 299.95 299.88 299.91 299.85 299.87 299.84 299.84 299.85 299.84 299.84 299.84 "
        "299.89 299.81 299.81 299.82 299.80 299.77 299.76 299.74 299.75 299.76 299.91 299.92 "
        "299.89 299.86 299.88 299.72 299.84 299.85 299.85 299.78 299.89 299.84 299.78 299.81 "
        "299.76 299.81 299.79 299.81 299.82 299.85 299.87 299.87 299.81 299.74 299.81 299.94 "
        "299.95 299.80 299.81 299.87"},
    {"Lew", 200, -177.435, 277.332168044316,
        "-213 -564 -35 -15 141 115 -420 -360 203 -338 -431 194 -220 -513 154 -125 -559 92 "
        "-21 -579 -52 99 -543 -175 162 -457 -346 204 -300 -474 164 -107 -572 -8 83 -541 -224 "
        "180 -420 -374 201 -236 -531 83 27 -564 -112 131 -507 -254 199 -311 -495 143 -46 "
        "-579 -90 136 -472 -338 202 -287 -477 169 -124 -568 17 48 -568 -135 162 -430 -422 "
        "172 -74 -577 -13 92 -534 -243 194 -355 -465 156 -81 -578 -64 139 -449 -384 193 -198 "
        "-538 110 -44 -577 -6 66 -552 -164 161 -460 -344 205 -281 -504 134 -28 -576 -118 156 "
        "-437 -381 200 -220 -540 83 11 -568 -160 172 -414 -408 188 -125 -572 -32 139 -492 "
        "-321 205 -262 -504 142 -83 -574 0 48 -571 -106 137 -501 -266 190 -391 -406 194 -186 "
        "-553 83 -13 -577 -49 103 -515 -280 201 300 -506 131 -45 -578 -80 138 -462 -361 201 "
        "-211 -554 32 74 -533 -235 187 -372 -442 182 -147 -566 25 68 -535 -244 194 -351 -463 "
        "174 -125 -570 15 72 -550 -190 172 -424 -385 198 -218 -536 96"},
    {"Lottery", 218, 518.95871559633, 291.699727470969,
        "162 671 933 414 788 730 817 33 536 875 670 236 473 167 877 980 316 950 456 92 517 "
        "557 956 954 104 178 794 278 147 773 437 435 502 610 582 780 689 562 964 791 28 97 "
        "848 281 858 538 660 972 671 613 867 448 738 966 139 636 847 659 754 243 122 455 195 "
        "968 793 59 730 361 574 522 97 762 431 158 429 414 22 629 788 999 187 215 810 782 47 "
        "34 108 986 25 644 829 630 315 567 919 331 207 412 242 607 668 944 749 168 864 442 "
        "533 805 372 63 458 777 416 340 436 140 919 350 510 572 905 900 85 389 473 758 444 "
        "169 625 692 140 897 672 288 312 860 724 226 884 508 976 741 476 417 831 15 318 432 "
        "241 114 799 955 833 358 935 146 630 830 440 642 356 373 271 715 367 393 190 669 8 "
        "861 108 795 269 590 326 866 64 523 862 840 219 382 998 4 628 305 747 247 34 747 729 "
        "645 856 974 24 568 24 694 608 480 410 729 947 293 53 930 223 203 677 227 62 455 387 "
        "318 562 242 428 968"},
};

static void add(struct mig_moments *moments, struct mig_text text)
{
    struct mig_decimal value;
    assert_int_equal(mig_decimal_parse(text, &value, NULL), MIG_OK);
    assert_int_equal(mig_moments_add(moments, &value, NULL, NULL), MIG_OK);
}

static void assert_certified(
    const char *name, struct mig_moments *moments, size_t n, double mean, double sd)
{
    struct mig_estimate estimate;
    assert_int_equal(moments->n, n);
    assert_int_equal(mig_moments_mean(moments, 0.95, &estimate, NULL), MIG_OK);
    assert_close(name, estimate.estimate, mean, 1e-15);
    assert_close(name, estimate.std_error, sd / sqrt((double)n), 1e-14);
    assert_int_equal(mig_moments_deviation(moments, &estimate, NULL), MIG_OK);
    assert_close(name, estimate.estimate, sd, 2e-15);
    mig_moments_release(moments);
}

static void certified_sets(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        struct mig_moments moments = {0};
        struct mig_text rest = mig_text_of(sets[i].data), piece;
        while (mig_text_cut(&rest, ' ', &piece))
            add(&moments, piece);
        assert_certified(sets[i].name, &moments, sets[i].n, sets[i].mean, sets[i].sd);
    }
}

/* NumAcc1: 10000001, 10000003, 10000002. NumAcc2 to 4: 1.2, 1000000.2, 10000000.2, then 500 times
 * one tenth below and one above it. Their values are exact by construction. */
static void constructed_sets(void **state)
{
    (void)state;
    static const struct {
        const char *name, *first, *below, *above;
        double mean;
    } rules[] = {{"NumAcc2", "1.2", "1.1", "1.3", 1.2},
        {"NumAcc3", "1000000.2", "1000000.1", "1000000.3", 1000000.2},
        {"NumAcc4", "10000000.2", "10000000.1", "10000000.3", 10000000.2}};
    struct mig_moments moments = {0};
    add(&moments, mig_text_of("10000001"));
    add(&moments, mig_text_of("10000003"));
    add(&moments, mig_text_of("10000002"));
    assert_certified("NumAcc1", &moments, 3, 10000002, 1);
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        add(&moments, mig_text_of(rules[i].first));
        for (int j = 0; j < 500; j++) {
            add(&moments, mig_text_of(rules[i].below));
            add(&moments, mig_text_of(rules[i].above));
        }
        assert_certified(rules[i].name, &moments, 1001, rules[i].mean, 0.1);
    }
}

/* Adds times * arctan(1 / x) in units of 1 / `unit`, each term rounded down. */
static void add_arctan(mpz_t sum, int times, unsigned long x, const mpz_t unit)
{
    mpz_t power, term;
    mpz_init(term);
    mpz_init_set(power, unit);
    mpz_mul_si(power, power, times);
    mpz_tdiv_q_ui(power, power, x);
    for (unsigned long k = 1; mpz_sgn(power) != 0; k += 2) {
        mpz_tdiv_q_ui(term, power, k);
        mpz_add(sum, sum, term);
        mpz_tdiv_q_ui(power, power, x * x);
        mpz_neg(power, power);
    }
    mpz_clears(power, term, NULL);
}

/* "31415.." of 1 + `decimals` digits, by Machin's formula pi = 16 arctan(1/5) - 4 arctan(1/239),
 * with 20 more digits to take the rounding. The caller frees it. */
static char *digits_of_pi(unsigned long decimals)
{
    enum { SPARE = 20 };
    mpz_t pi, unit;
    mpz_inits(pi, unit, NULL);
    mpz_ui_pow_ui(unit, 10, decimals + SPARE);
    add_arctan(pi, 16, 5, unit);
    add_arctan(pi, -4, 239, unit);
    char *digits = mpz_get_str(NULL, 10, pi);
    digits[decimals + 1] = '\0';
    mpz_clears(pi, unit, NULL);
    return digits;
}

/* PiDigits: the first 5000 digits of pi, the 3 before the point among them. Digit 957 is an 8;
 * NIST's file, which is keyed in from Mathematics of Computation 16:76 (1962), has a 3 there, and
 * the certified values, the autocorrelation among them, are those of the file. */
static void digits_of_pi_are_certified(void **state)
{
    (void)state;
    enum { COUNT = 5000, MISTAKEN = 957 };
    struct mig_moments moments = {0};
    char *digits = digits_of_pi(COUNT - 1);
    assert_int_equal(strncmp(digits, "3141592653589793238462643383279", 31), 0);
    assert_string_equal(digits + COUNT - 17, "99888687413260472");
    assert_int_equal(digits[MISTAKEN - 1], '8');
    digits[MISTAKEN - 1] = '3';
    for (size_t i = 0; i < COUNT; i++)
        add(&moments, (struct mig_text){digits + i, 1});
    assert_certified("PiDigits", &moments, COUNT, 4.5348, 2.86733906028871);
    free(digits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certified_sets),
        cmocka_unit_test(constructed_sets),
        cmocka_unit_test(digits_of_pi_are_certified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
