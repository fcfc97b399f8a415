/* A file of given bytes for one test. */
#ifndef MIGSTAT_TESTS_TEMPORARY_H
#define MIGSTAT_TESTS_TEMPORARY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct temporary {
    char path[64];
};

static inline struct temporary temporary_file(const void *bytes, size_t length)
{
    struct temporary file;
    snprintf(file.path, sizeof file.path, "%s", "/tmp/migstat-test-XXXXXX");
    int fd = mkstemp(file.path);
    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length || close(fd) != 0)
        abort();
    return file;
}

static inline struct temporary temporary_text(const char *text)
{
    return temporary_file(text, strlen(text));
}

#endif
