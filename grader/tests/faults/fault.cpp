// fault.cpp: makes the n-th call of one libc function fail, or end the process that made it.
//
// Loaded with LD_PRELOAD by faulty.py and never by the grader itself. Nothing happens until a
// process arms it, and only in that process: its children (compiler, checker, sandbox) are spared.
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr std::array names = {"fork",  "pipe2",     "open",   "read", "write",  "fsync", "rename",
                              "mkdir", "ftruncate", "unlink", "kill", "thread", "flock"};
enum Function {
    f_fork,
    f_pipe2,
    f_open,
    f_read,
    f_write,
    f_fsync,
    f_rename,
    f_mkdir,
    f_ftruncate,
    f_unlink,
    f_kill,
    f_thread,
    f_flock
};

// What happens instead of, or around, the call; a positive number is the errno it fails with.
constexpr int kill_before = -1, kill_after = -2, cut_short = -3;

std::array<std::atomic<long>, names.size()> calls;
std::atomic<pid_t> owner = 0;
int chosen = -1, what = 0;
long nth = 0;

bool mine() { return owner.load() == getpid(); }

void end_here() {
    if (mine()) {
        raise(SIGKILL);
    }
}

/// Counts a call. Returns: 0 when it is an ordinary one, else what is to happen.
int fate(Function function) {
    if (!mine() || ++calls[function] != nth || function != chosen) {
        return 0;
    }
    if (what == kill_before) {
        end_here();
    }
    return what;
}

template <typename Call> Call* real(Call*, const char* name) {
    return reinterpret_cast<Call*>(dlsym(RTLD_NEXT, name));
}

/// The call as it would have been, unless its fate is another.
template <typename Real, typename... Arguments>
auto call(Function function, Real* original, Arguments... arguments)
    -> decltype(original(arguments...)) {
    const int fated = fate(function);
    if (fated > 0) {
        errno = fated;
        return -1;
    }
    const auto result = original(arguments...);
    if (fated == kill_after) {
        end_here();
    }
    return result;
}

} // namespace

extern "C" {

/// From now on the `number`-th call of `function` has the fate `wanted`; 0 only counts.
void lab_fault_arm(const char* function, long number, int wanted) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        calls[i] = 0;
        if (std::strcmp(names[i], function) == 0) {
            chosen = static_cast<int>(i);
        }
    }
    nth = number;
    what = wanted;
    owner = getpid();
}

/// Returns: how often `function` was called since.
long lab_fault_calls(const char* function) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (std::strcmp(names[i], function) == 0) {
            return calls[i];
        }
    }
    return -1;
}

#define REAL(name) (real(&::name, #name))

pid_t fork() noexcept { return call(f_fork, REAL(fork)); }

// A function cannot return twice into one frame, so a child gets a copy of its own.
pid_t vfork() noexcept { return call(f_fork, REAL(fork)); }

int pipe2(int* ends, int flags) noexcept { return call(f_pipe2, REAL(pipe2), ends, flags); }

#define OPENING(name)                                                                              \
    int name(const char* path, int flags, ...) {                                                   \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        const mode_t mode = va_arg(more, mode_t);                                                  \
        va_end(more);                                                                              \
        return call(f_open, REAL(name), path, flags, mode);                                        \
    }
OPENING(open)
OPENING(open64)

// What a compiler makes of open64 where it checks that no mode is missing.
int __open64_2(const char* path, int flags) { return call(f_open, REAL(open64), path, flags, 0); }

#define OPENING_AT(name)                                                                           \
    int name(int folder, const char* path, int flags, ...) {                                       \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        const mode_t mode = va_arg(more, mode_t);                                                  \
        va_end(more);                                                                              \
        return call(f_open, REAL(name), folder, path, flags, mode);                                \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

ssize_t read(int fd, void* to, size_t size) { return call(f_read, REAL(read), fd, to, size); }

ssize_t write(int fd, const void* from, size_t size) {
    const int fated = fate(f_write);
    if (fated > 0) {
        errno = fated;
        return -1;
    }
    // Dying in the middle of a write leaves half of it behind.
    const bool half = fated != 0 && size > 1;
    const ssize_t written = REAL(write)(fd, from, half ? size / 2 : size);
    if (fated == kill_after) {
        end_here();
    }
    return written;
}

int fsync(int fd) { return call(f_fsync, REAL(fsync), fd); }

int rename(const char* from, const char* to) noexcept {
    return call(f_rename, REAL(rename), from, to);
}

int renameat(int a, const char* from, int b, const char* to) noexcept {
    return call(f_rename, REAL(renameat), a, from, b, to);
}

int mkdir(const char* path, mode_t mode) noexcept { return call(f_mkdir, REAL(mkdir), path, mode); }

int ftruncate64(int fd, off64_t size) noexcept {
    return call(f_ftruncate, REAL(ftruncate64), fd, size);
}

int unlink(const char* path) noexcept { return call(f_unlink, REAL(unlink), path); }

int unlinkat(int folder, const char* path, int flags) noexcept {
    return call(f_unlink, REAL(unlinkat), folder, path, flags);
}

int rmdir(const char* path) noexcept { return call(f_unlink, REAL(rmdir), path); }

int kill(pid_t pid, int number) noexcept { return call(f_kill, REAL(kill), pid, number); }

int killpg(pid_t group, int number) noexcept { return call(f_kill, REAL(killpg), group, number); }

int flock(int fd, int operation) noexcept { return call(f_flock, REAL(flock), fd, operation); }

int pthread_create(pthread_t* thread, const pthread_attr_t* how, void* (*body)(void*),
                   void* argument) noexcept {
    const int fated = fate(f_thread);
    if (fated > 0) {
        return fated; // unlike the others, it returns its error
    }
    const int result = REAL(pthread_create)(thread, how, body, argument);
    if (fated == kill_after) {
        end_here();
    }
    return result;
}

} // extern "C"
