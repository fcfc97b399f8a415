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
    const struct mig_classifier *classifier = mig_classifiers();
    for (; classifier->name != NULL; classifier++)
        if (!classifies_all(classifier->classify))
            fail_msg("%s classifies otherwise", classifier->name);
    assert_string_equal(classifier[-1].name, "plain C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(classifies_as_byte_by_byte)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
