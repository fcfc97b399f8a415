/* A small gazetteer for tests of places: an invented country under two schemes. */
#ifndef MIGSTAT_TESTS_GAZETTEER_H
#define MIGSTAT_TESTS_GAZETTEER_H

#include <unistd.h>

#include "place/gazetteer.h"
#include "temporary.h"

/* In scheme new, West (a and b) and half of East (c; the other half is d) keep their land, and the codes R1 and R2 are
 * exchanged. Oak is a region and a district; two communes are named Elm. */
static const char two_schemes[] = "scheme,code,level,name,parent,variants,pieces\n"
                                  "old,R1,1,West,,Occident|Ouest,a b\n"
                                  "old,R2,1,Oak,,,c d\n"
                                  "old,R3,1,Isle,,,e e?\n"
                                  "old,R4,1,Sea,,,\n"
                                  "old,R5,1,Bay,,,g h\n"
                                  "old,D1,2,Mill,R1,,\n"
                                  "old,D2,2,Oak,R1,,\n"
                                  "old,D3,2,Dale,R2,West,\n"
                                  "old,C1,3,Elm,D2,,\n"
                                  "old,C2,3,Elm,D1,,\n"
                                  "old,C3,3,Ash,D3,,\n"
                                  "new,R1,1,Oak,,,c\n"
                                  "new,R2,1,Wést,,,b a\n"
                                  "new,R6,1,East,,,d\n"
                                  "new,R3,1,Isle,,,e f\n"
                                  "new,R5,1,Bay,,,g h i\n";

static inline enum mig_status read_gazetteer(
    struct mig_gazetteer **gazetteer, const char *text, struct mig_error *error)
{
    struct temporary file = temporary_text(text);
    char *path = file.path;
    enum mig_status status = mig_gazetteer_read(gazetteer, &path, 1, error);
    unlink(path);
    return status;
}

#endif
