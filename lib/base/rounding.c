/* Quotients of exact sums, rounded once. */
#include <math.h>

#include "base/sum-internal.h"

/* Bits that are computed: enough for a double and for the decision how it is rounded. */
enum { BITS = 68 };

/* The double nearest to (whole + something) * 2^exponent, where the something, from 0 to below 1,
 * is 0 only when `exact`. whole has 65 bits or more, so that what lies below its first 64 only
 * breaks ties. */
static double round_once(mpz_t whole, bool exact, long exponent)
{
    mp_bitcnt_t drop = mpz_sizeinbase(whole, 2) - 64;
    bool rest = !exact || mpz_scan1(whole, 0) < drop;
    mpz_tdiv_q_2exp(whole, whole, drop);
    uint64_t top;
    mpz_export(&top, NULL, -1, sizeof top, 0, 0, whole);
    double rounded = (double)(rest ? top | 1 : top);
    long power = exponent + (long)drop;
    return ldexp(rounded, (int)power);
}

/* Sets x and y so that x / y is |a / b|. Returns the sign of a / b. */
static int magnitudes(mpz_t x, mpz_t y, const struct mig_sum *a, const struct mig_sum *b)
{
    mpz_t power;
    mpz_init(power);
    mig_sum_to_wide(x, a);
    mig_sum_to_wide(y, b);
    int sign = mpz_sgn(x) * mpz_sgn(y);
    mpz_abs(x, x);
    mpz_abs(y, y);
    int32_t exponent = a->exponent - b->exponent;
    mpz_ui_pow_ui(power, 10, (unsigned long)(exponent < 0 ? -exponent : exponent));
    if (exponent < 0)
        mpz_mul(y, y, power);
    else
        mpz_mul(x, x, power);
    mpz_clear(power);
    return sign;
}

/* Sets x to floor(x * 2^shift / y). Returns whether nothing was left. */
static bool divide_shifted(mpz_t x, mpz_t y, long shift)
{
    if (shift >= 0)
        mpz_mul_2exp(x, x, (mp_bitcnt_t)shift);
    else
        mpz_mul_2exp(y, y, (mp_bitcnt_t)-shift);
    mpz_tdiv_qr(x, y, x, y);
    return mpz_sgn(y) == 0;
}

static long bits_of(const mpz_t x)
{
    return (long)mpz_sizeinbase(x, 2);
}

double mig_sum_quotient(const struct mig_sum *a, const struct mig_sum *b)
{
    mpz_t x, y;
    mpz_init(x);
    mpz_init(y);
    int sign = magnitudes(x, y, a, b);
    double value = 0;
    if (sign != 0) {
        long shift = BITS - bits_of(x) + bits_of(y);
        bool exact = divide_shifted(x, y, shift);
        value = round_once(x, exact, -shift);
    }
    mpz_clear(x);
    mpz_clear(y);
    return sign < 0 ? -value : value;
}

double mig_sum_root_quotient(const struct mig_sum *a, const struct mig_sum *b)
{
    mpz_t x, y;
    mpz_init(x);
    mpz_init(y);
    double value = 0;
    if (magnitudes(x, y, a, b) != 0) {
        long shift = 2 * BITS - bits_of(x) + bits_of(y);
        shift += shift % 2 != 0;
        bool exact = divide_shifted(x, y, shift);
        mpz_sqrtrem(x, y, x);
        value = round_once(x, exact && mpz_sgn(y) == 0, -shift / 2);
    }
    mpz_clear(x);
    mpz_clear(y);
    return value;
}
