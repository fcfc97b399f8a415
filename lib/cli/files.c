/* Output files: written beside their final place, and renamed when all is well. */
#include "cli/cli-internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

struct output {
    struct output *next;
    FILE *stream;    /* NULL once closed */
    char *name;      /* as the user wrote it */
    char *target;    /* final place; NULL when written directly */
    char *temporary; /* exists and must be renamed or removed; else NULL */
    dev_t device;    /* of the target's directory */
    ino_t directory;
};

/* The signal handler reads this list, so it changes only while signals are held. */
static struct output *outputs;

static const int ending_signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE};
enum { N_SIGNALS = sizeof ending_signals / sizeof ending_signals[0] };

/* The action was reset to the default as the handler began. */
static void clean_and_die(int signal)
{
    for (const struct output *output = outputs; output; output = output->next)
        if (output->temporary)
            unlink(output->temporary);
    raise(signal);
}

static void fill_signals(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < N_SIGNALS; i++)
        sigaddset(set, ending_signals[i]);
}

static sigset_t hold_signals(void)
{
    sigset_t set, before;
    fill_signals(&set);
    sigprocmask(SIG_BLOCK, &set, &before);
    return before;
}

static void release_signals(sigset_t before)
{
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* A signal that the caller had ignored (nohup) stays so, but for SIGPIPE: a closed pipe ends every
 * command. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = clean_and_die};
    action.sa_flags = (int)SA_RESETHAND;
    fill_signals(&action.sa_mask);
    for (size_t i = 0; i < N_SIGNALS; i++) {
        struct sigaction before;
        sigaction(ending_signals[i], NULL, &before);
        if (before.sa_handler != SIG_IGN || ending_signals[i] == SIGPIPE)
            sigaction(ending_signals[i], &action, NULL);
    }
}

/* A closed descriptor is opened the wrong way round, so that its use still fails. */
static void keep_standard_descriptors(void)
{
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF &&
            open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
}

void mig_outputs_prepare(void)
{
    keep_standard_descriptors();
    catch_signals();
}

/* `name` (of `length` bytes) seen from the directory of `path`. */
static char *beside(const char *path, const char *name, size_t length)
{
    const char *slash = name[0] == '/' ? NULL : strrchr(path, '/');
    size_t directory = slash ? (size_t)(slash - path) + 1 : 0;
    char *made = malloc(directory + length + 1);
    if (!made)
        return NULL;
    memcpy(made, path, directory);
    memcpy(made + directory, name, length);
    made[directory + length] = '\0';
    return made;
}

/* What `path` names once the symbolic links of its last part are followed; it need not exist. */
static char *follow_links(const char *path)
{
    enum { MOST_LINKS = 40 };
    char *place = strdup(path);
    for (int i = 0; place && i < MOST_LINKS; i++) {
        char link[PATH_MAX];
        ssize_t length = readlink(place, link, sizeof link);
        if (length < 0)
            return place;
        char *next = beside(place, link, (size_t)length);
        free(place);
        place = next;
    }
    if (place)
        errno = ELOOP;
    free(place);
    return NULL;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_same_place(const struct output *a, const struct output *b)
{
    if (a->stream == stdout || b->stream == stdout)
        return a->stream == b->stream;
    return a->target && b->target && a->device == b->device && a->directory == b->directory &&
           strcmp(base_name(a->target), base_name(b->target)) == 0;
}

static void close_early(struct output *output)
{
    if (output->stream && output->stream != stdout)
        fclose(output->stream);
    output->stream = NULL;
}

/* Takes the first output off the list and removes its unfinished file. */
static void drop_first(void)
{
    struct output *output = outputs;
    close_early(output); /* may wait for the reader of a pipe, so signals are not held yet */
    sigset_t before = hold_signals();
    outputs = output->next;
    if (output->temporary)
        unlink(output->temporary);
    release_signals(before);
    free(output->temporary);
    free(output->target);
    free(output->name);
    free(output);
}

/* Finds the target and its directory. Returns 0 or an errno value. */
static int place_output(struct output *output)
{
    output->target = follow_links(output->name);
    char *directory = output->target ? beside(output->target, ".", 1) : NULL;
    struct stat at;
    int failure = directory && stat(directory, &at) == 0 ? 0 : errno;
    free(directory);
    if (failure)
        return failure;
    output->device = at.st_dev;
    output->directory = at.st_ino;
    return 0;
}

/* The mode that the target has, or would have had it been created in place. */
static mode_t target_mode(const struct stat *target)
{
    if (target)
        return target->st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Makes a file named after the pattern `temporary`, which becomes the output's. Returns a
 * descriptor or -1. */
static int make_temporary(struct output *output, char *temporary)
{
    sigset_t before = hold_signals();
    int descriptor = mkstemp(temporary);
    if (descriptor >= 0)
        output->temporary = temporary;
    int failure = errno;
    release_signals(before);
    errno = failure;
    return descriptor;
}

/* Opens a temporary file beside the target. Returns 0 or an errno value. */
static int open_temporary(struct output *output, mode_t mode)
{
    static const char pattern[] = ".mig-XXXXXX";
    char *temporary = beside(output->target, pattern, sizeof pattern - 1);
    int descriptor = temporary ? make_temporary(output, temporary) : -1;
    if (descriptor < 0) {
        int failure = errno;
        free(temporary);
        return failure;
    }
    if (fchmod(descriptor, mode) == 0)
        output->stream = fdopen(descriptor, "w");
    if (output->stream)
        return 0;
    int failure = errno;
    close(descriptor);
    return failure;
}

static enum mig_status fail_named(struct mig_error *error, const char *name, int failure)
{
    struct mig_position position = {.file = *name ? name : "''"};
    return mig_fail_at(error, MIG_SYSTEM, &position, "%s", strerror(failure));
}

/* The outputs of a command are all different. */
static enum mig_status check_place(const struct output *output, struct mig_error *error)
{
    for (const struct output *other = output->next; other; other = other->next)
        if (is_same_place(output, other))
            return mig_fail(error, MIG_ARGUMENT, _("'%s' is wanted for two outputs"), output->name);
    return MIG_OK;
}

static enum mig_status open_regular(
    struct output *output, const struct stat *target, struct mig_error *error)
{
    int failure = target && access(output->name, W_OK) != 0 ? errno : place_output(output);
    if (failure)
        return fail_named(error, output->name, failure);
    enum mig_status status = check_place(output, error);
    if (status)
        return status;
    failure = open_temporary(output, target_mode(target));
    return failure ? fail_named(error, output->name, failure) : MIG_OK;
}

static enum mig_status open_output(struct output *output, const char *path, struct mig_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    output->name = strdup(standard ? _("standard output") : path);
    if (!output->name)
        return mig_fail_memory(error);
    if (standard) {
        output->stream = stdout;
        return check_place(output, error);
    }
    if (*path == '\0') /* else seen only when the file is renamed */
        return fail_named(error, path, ENOENT);
    struct stat target;
    bool exists = stat(path, &target) == 0;
    if (!exists || S_ISREG(target.st_mode))
        return open_regular(output, exists ? &target : NULL, error);
    output->stream = fopen(path, "w");
    return output->stream ? MIG_OK : fail_named(error, path, errno);
}

enum mig_status mig_outputs_open(const char *path, FILE **stream, struct mig_error *error)
{
    struct output *output = calloc(1, sizeof *output);
    if (!output)
        return mig_fail_memory(error);
    output->next = outputs;
    sigset_t before = hold_signals();
    outputs = output;
    release_signals(before);
    enum mig_status status = open_output(output, path, error);
    *stream = output->stream;
    if (status)
        drop_first();
    return status;
}

void mig_outputs_blame(struct mig_error *error)
{
    for (const struct output *output = outputs; output; output = output->next)
        if (output->stream && ferror(output->stream)) {
            snprintf(error->file, sizeof error->file, "%s", output->name);
            return;
        }
}

/* Returns 0, or an errno value: EIO for a failure that was not seen when it happened. */
static int close_stream(FILE *stream)
{
    int failure = fflush(stream) != 0 ? errno : 0;
    if (!failure && ferror(stream))
        failure = EIO;
    if (fclose(stream) != 0 && !failure)
        failure = errno;
    return failure;
}

static enum mig_status close_outputs(struct mig_error *error)
{
    for (struct output *output = outputs; output; output = output->next) {
        if (output->stream == stdout)
            continue;
        int failure = close_stream(output->stream);
        output->stream = NULL;
        if (failure)
            return fail_named(error, output->name, failure);
    }
    int failure = close_stream(stdout);
    return failure ? fail_named(error, _("standard output"), failure) : MIG_OK;
}

/* Signals are held. */
static enum mig_status rename_outputs(struct mig_error *error)
{
    for (struct output *output = outputs; output; output = output->next) {
        if (!output->temporary)
            continue;
        if (rename(output->temporary, output->target) != 0)
            return fail_named(error, output->name, errno);
        free(output->temporary);
        output->temporary = NULL;
    }
    return MIG_OK;
}

enum mig_status mig_outputs_finish(struct mig_error *error)
{
    enum mig_status status = close_outputs(error);
    if (status)
        return status;
    sigset_t before = hold_signals();
    status = rename_outputs(error);
    release_signals(before);
    return status;
}

void mig_outputs_abandon(void)
{
    while (outputs)
        drop_first();
}
