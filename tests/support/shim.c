/* Put in front of the C library of one process: counts what it does to the files of one folder, and at the n-th deed
 * kills the process or fails that deed with EIO. A rename is no part of it where a library calls the kernel itself; the
 * deeds before and after it are. Asked for a log, it writes down all that reaches the folder, in order, with its bytes:
 * which names there are is looked up before each deed, so that a rename it never sees is known by the next one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
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
static int log_fd = -1;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("RELAIS_SHIM_LOG");
    if (log)
        log_fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
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

/* As long as the file is there that RELAIS_SHIM_REFUSES names, every deed fails with the error number in it: a file system
 * that became read-only, or a quota that is used up. */
static int refused(void) {
    static const char *told;
    if (!told && !(told = getenv("RELAIS_SHIM_REFUSES")))
        return 0;
    int before = errno, number = 0;
    FILE *file = fopen(told, "re");
    if (file) {
        if (fscanf(file, "%d", &number) != 1)
            number = 0;
        fclose(file);
    }
    errno = number ? number : before;
    return number;
}

/* Whether this deed is the one that fails; the one that kills does not come back. */
static int struck(void) {
    if (refused())
        return 1;
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

/* The log: one deed at a time, so that its order is the order in which they were done. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
#define MOST_NAMES (1 << 16)
static char names[MOST_NAMES], names_before[MOST_NAMES];
static size_t names_length, names_before_length;

static void put(const void *bytes, size_t count) {
    if (REAL(write)(log_fd, bytes, count) != (ssize_t)count)
        abort();
}

static void put_line(const char *what, unsigned long long a, unsigned long long b, unsigned long long c) {
    char line[128];
    put(line, (size_t)snprintf(line, sizeof line, "%s %llu %llu %llu\n", what, a, b, c));
}

static int name_one(const char *path, const struct stat *found, int kind, struct FTW *place) {
    (void)kind, (void)place;
    if (!S_ISDIR(found->st_mode) && !S_ISREG(found->st_mode))
        return 0;
    int length = snprintf(names + names_length, MOST_NAMES - names_length, "%c %llu %s\n",
                          S_ISDIR(found->st_mode) ? 'd' : 'f', (unsigned long long)found->st_ino, path + strlen(folder));
    if (length < 0 || names_length + (size_t)length >= MOST_NAMES)
        abort();
    names_length += (size_t)length;
    return 0;
}

static void put_names(void) {
    names_length = 0;
    nftw(folder, name_one, 16, FTW_PHYS);
    if (names_length == names_before_length && memcmp(names, names_before, names_length) == 0)
        return;
    memcpy(names_before, names, names_length);
    names_before_length = names_length;
    put_line("names", names_length, 0, 0);
    put(names, names_length);
}

/* From here to `logged` nobody else does a deed. */
static int logs(void) {
    if (log_fd < 0 || !folder)
        return 0;
    int before = errno;
    pthread_mutex_lock(&turn);
    put_names();
    errno = before;
    return 1;
}

static void logged(void) {
    pthread_mutex_unlock(&turn);
}

static unsigned long long inode(int fd) {
    struct stat found;
    return fstat(fd, &found) == 0 ? (unsigned long long)found.st_ino : 0;
}

static int is_folder(int fd) {
    struct stat found;
    return fstat(fd, &found) == 0 && S_ISDIR(found.st_mode);
}

static void put_bytes(int fd, unsigned long long at, const void *bytes, ssize_t count) {
    if (count <= 0)
        return;
    put_line("bytes", inode(fd), at, (unsigned long long)count);
    put(bytes, (size_t)count);
}

/* What the process says it has: a place in the log. */
static void put_said(const void *bytes, size_t count) {
    if (!memmem(bytes, count, "HAS ", 4) || !logs())
        return;
    put_line("said", count, 0, 0);
    put(bytes, count);
    logged();
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (fd == STDOUT_FILENO)
        put_said(bytes, count);
    if (!one_of_ours(fd))
        return REAL(write)(fd, bytes, count);
    if (struck())
        return -1;
    if (!logs())
        return REAL(write)(fd, bytes, count);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, bytes, count);
    put_bytes(fd, (unsigned long long)at, bytes, done);
    logged();
    return done;
}

#define WRITTEN_AT(name, offset)                                                                                       \
    ssize_t name(int fd, const void *bytes, size_t count, offset at) {                                                 \
        if (!one_of_ours(fd))                                                                                          \
            return REAL(name)(fd, bytes, count, at);                                                                   \
        if (struck())                                                                                                  \
            return -1;                                                                                                 \
        if (!logs())                                                                                                   \
            return REAL(name)(fd, bytes, count, at);                                                                   \
        ssize_t done = REAL(name)(fd, bytes, count, at);                                                               \
        put_bytes(fd, (unsigned long long)at, bytes, done);                                                            \
        logged();                                                                                                      \
        return done;                                                                                                   \
    }
WRITTEN_AT(pwrite, off_t)
WRITTEN_AT(pwrite64, off64_t)

#define TRUNCATED(name, offset)                                                                                        \
    int name(int fd, offset length) {                                                                                  \
        if (!one_of_ours(fd))                                                                                          \
            return REAL(name)(fd, length);                                                                             \
        if (struck())                                                                                                  \
            return -1;                                                                                                 \
        if (!logs())                                                                                                   \
            return REAL(name)(fd, length);                                                                             \
        int done = REAL(name)(fd, length);                                                                             \
        if (done == 0)                                                                                                 \
            put_line("length", inode(fd), (unsigned long long)length, 0);                                              \
        logged();                                                                                                      \
        return done;                                                                                                   \
    }
TRUNCATED(ftruncate, off_t)
TRUNCATED(ftruncate64, off64_t)

#define SYNCED(name)                                                                                                   \
    int name(int fd) {                                                                                                 \
        if (!one_of_ours(fd))                                                                                          \
            return REAL(name)(fd);                                                                                     \
        if (struck())                                                                                                  \
            return -1;                                                                                                 \
        if (!logs())                                                                                                   \
            return REAL(name)(fd);                                                                                     \
        int done = REAL(name)(fd);                                                                                     \
        if (done == 0)                                                                                                 \
            put_line(is_folder(fd) ? "folder-synced" : "synced", inode(fd), 0, 0);                                     \
        logged();                                                                                                      \
        return done;                                                                                                   \
    }
SYNCED(fsync)
SYNCED(fdatasync)

int rename(const char *from, const char *to) {
    return inside(to) && struck() ? -1 : REAL(rename)(from, to);
}
int unlink(const char *path) {
    return inside(path) && struck() ? -1 : REAL(unlink)(path);
}

/* A file of an inode that was another file's before is a new file. */
static void put_made(const char *path, int there_before, int fd) {
    if (!there_before && fd >= 0 && inside(path))
        put_line("made", inode(fd), 0, 0);
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
        if (!(flags & (O_CREAT | O_TRUNC)) || !inside(path))                                                           \
            return REAL(name)(path, flags, mode);                                                                      \
        if ((flags & O_CREAT) && struck())                                                                             \
            return -1;                                                                                                 \
        if (!logs())                                                                                                   \
            return REAL(name)(path, flags, mode);                                                                      \
        int before = errno, there = access(path, F_OK) == 0;                                                           \
        errno = before;                                                                                                \
        int fd = REAL(name)(path, flags, mode);                                                                        \
        put_made(path, there, fd);                                                                                     \
        if (there && fd >= 0 && (flags & O_TRUNC))                                                                     \
            put_line("length", inode(fd), 0, 0);                                                                       \
        logged();                                                                                                      \
        return fd;                                                                                                     \
    }
OPENED(open)
OPENED(open64)
