/* What stands beside the program: catalogues of messages, tables of places. */
#include "cli/cli-internal.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

bool mig_beside_program(const char *name, char *path, size_t size)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return false;
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    int written = snprintf(path, size, "%s/../share/%s", program, name);
    return written > 0 && (size_t)written < size;
}
