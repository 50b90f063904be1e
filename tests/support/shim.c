/* Put in front of the C library of one process: counts what it does to the files of one folder, and at the n-th deed
 * kills the process or fails that deed with EIO. A rename is no part of it where a library calls the kernel itself; the
 * deeds before and after it are. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char *folder, *deed, *slow;
static long strikes_at;
static atomic_long deeds;

__attribute__((constructor)) static void begin(void) {
    folder = getenv("RELAIS_SHIM_FOLDER");
    deed = getenv("RELAIS_SHIM_DEED");
    slow = getenv("RELAIS_SHIM_SLOW");
    const char *at = getenv("RELAIS_SHIM_AT");
    strikes_at = at ? atol(at) : 0;
}

__attribute__((destructor)) static void end(void) {
    const char *told = getenv("RELAIS_SHIM_COUNT");
    FILE *file = told ? fopen(told, "w") : NULL;
    if (file) {
        fprintf(file, "%ld", atomic_load(&deeds));
        fclose(file);
    }
}

static int inside(const char *path) {
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int one_of_ours(int fd) {
    if (!folder)
        return 0;
    char link[64], path[PATH_MAX];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length <= 0)
        return 0;
    path[length] = 0;
    return inside(path);
}

/* Whether this deed is the one that fails; the one that kills does not come back. */
static int struck(void) {
    if (atomic_fetch_add(&deeds, 1) + 1 != strikes_at)
        return 0;
    if (deed && strcmp(deed, "kill") == 0) {
        kill(getpid(), SIGKILL);
        pause();
    }
    errno = EIO;
    return 1;
}

/* A share that hangs: who opens such a file waits for ever. */
static void hang_at(const char *path) {
    size_t length = slow ? strlen(slow) : 0;
    size_t own = path ? strlen(path) : 0;
    if (length && own >= length && strcmp(path + own - length, slow) == 0)
        for (;;)
            pause();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
    return one_of_ours(fd) && struck() ? -1 : REAL(write)(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return one_of_ours(fd) && struck() ? -1 : REAL(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    return one_of_ours(fd) && struck() ? -1 : REAL(pwrite64)(fd, bytes, count, at);
}
int ftruncate(int fd, off_t length) {
    return one_of_ours(fd) && struck() ? -1 : REAL(ftruncate)(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    return one_of_ours(fd) && struck() ? -1 : REAL(ftruncate64)(fd, length);
}
int fsync(int fd) {
    return one_of_ours(fd) && struck() ? -1 : REAL(fsync)(fd);
}
int fdatasync(int fd) {
    return one_of_ours(fd) && struck() ? -1 : REAL(fdatasync)(fd);
}
int rename(const char *from, const char *to) {
    return inside(to) && struck() ? -1 : REAL(rename)(from, to);
}
int unlink(const char *path) {
    return inside(path) && struck() ? -1 : REAL(unlink)(path);
}

#define OPENED(name)                                                                                                   \
    int name(const char *path, int flags, ...) {                                                                       \
        mode_t mode = 0;                                                                                               \
        if (flags & (O_CREAT | O_TMPFILE)) {                                                                           \
            va_list more;                                                                                              \
            va_start(more, flags);                                                                                     \
            mode = va_arg(more, mode_t);                                                                               \
            va_end(more);                                                                                              \
        }                                                                                                              \
        hang_at(path);                                                                                                 \
        return (flags & O_CREAT) && inside(path) && struck() ? -1 : REAL(name)(path, flags, mode);                     \
    }
OPENED(open)
OPENED(open64)
