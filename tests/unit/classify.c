/* Bytes are classified alike in every way that this machine has. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../classify.h"

static void classifies_as_byte_by_byte(void **state)
{
    (void)state;
    for (int i = 0; i < CLASSIFIERS; i++)
        if (!classifies_all(i))
            fail_msg("%s classifies otherwise", classifiers[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(classifies_as_byte_by_byte)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
