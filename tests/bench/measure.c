/* measure COMMAND: runs a shell command, its output thrown away, and prints its wall seconds,
 * processor seconds and peak memory in KiB. Ends with the command's status. */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* exec: the shell becomes the command, and its memory is not measured with it. */
static _Noreturn void become(const char *command)
{
    char *line = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&line, &size);
    if (!memory || fprintf(memory, "exec %s", command) < 0 || fclose(memory) != 0)
        _exit(126);
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0)
        _exit(126);
    execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(127);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    double begun = now();
    pid_t child = fork();
    if (child == 0)
        become(argv[1]);
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return 2;
    double wall = now() - begun;
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%.5f %.5f %ld\n", wall, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
        usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
