/* No output replaces a file that is read: the one place where that is seen to. */
#include "cli/cli-internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

struct mig_protected {
    struct mig_protected *next;
    dev_t device;
    ino_t inode;
};

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool is_descriptor(const struct stat *output, int descriptor)
{
    struct stat at;
    return fstat(descriptor, &at) == 0 && is_same_file(output, &at);
}

static bool is_operand(const struct mig_cli *cli, const struct stat *output)
{
    struct stat at;
    for (size_t i = 0; i < cli->n_files; i++)
        if (stat(cli->files[i], &at) == 0 && is_same_file(output, &at))
            return true;
    return false;
}

static bool is_protected(const struct mig_cli *cli, const struct stat *output)
{
    for (const struct mig_protected *file = cli->protected; file != NULL; file = file->next)
        if (file->device == output->st_dev && file->inode == output->st_ino)
            return true;
    return false;
}

void mig_cli_protect(struct mig_cli *cli, const char *path)
{
    struct stat at;
    if ((is_standard(path) ? fstat(STDIN_FILENO, &at) : stat(path, &at)) != 0)
        return; /* the reading of it will say so */
    struct mig_protected *file = malloc(sizeof *file);
    if (file == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    *file = (struct mig_protected){cli->protected, at.st_dev, at.st_ino};
    cli->protected = file;
}

void mig_cli_release_protected(struct mig_cli *cli)
{
    while (cli->protected != NULL) {
        struct mig_protected *file = cli->protected;
        cli->protected = file->next;
        free(file);
    }
}

/* Only what can be replaced is looked at: not pipes and devices. */
static bool is_there(const char *path, struct stat *at)
{
    return !is_standard(path) && stat(path, at) == 0 && S_ISREG(at->st_mode);
}

static void refuse(struct mig_cli *cli, const char *path)
{
    mig_cli_require(cli, mig_fail(&cli->error, MIG_ARGUMENT,
                             _("'%s' is read here: this output would replace it"), path));
}

void mig_cli_spare_protected(struct mig_cli *cli, const char *path)
{
    struct stat output;
    if (is_there(path, &output) && is_protected(cli, &output))
        refuse(cli, path);
}

void mig_cli_spare_all(struct mig_cli *cli, const char *path)
{
    struct stat output;
    if (!is_there(path, &output))
        return;
    if (is_operand(cli, &output) || is_protected(cli, &output) ||
        is_descriptor(&output, STDIN_FILENO))
        refuse(cli, path);
    if (is_descriptor(&output, STDOUT_FILENO))
        mig_cli_require(
            cli, mig_fail(&cli->error, MIG_ARGUMENT, _("'%s' is wanted for two outputs"), path));
}
