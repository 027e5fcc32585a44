// sleep_guard.cpp: a real sleep in a program on the virtual clock is noticed, and skipped.
//
// std::this_thread::sleep_for ends in nanosleep(2). It would stop the loop for real while no
// virtual time passes, so a checker could only see it by luck. These definitions take the place of
// the C library's. Only the first is told: a loop that polls with sleeps would fill the record, and
// meet the limit for output instead of the one for time.
#include "channel.hpp"

#include <aio/trace.hpp>

#include <atomic>
#include <cerrno>
#include <ctime>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::atomic<bool> told = false; // workers may sleep as well

int sleep_or_tell(clockid_t clock, int flags, const timespec* wanted, timespec* left) {
    if (!lab::channel::is_open() || lab::channel::real_clock()) {
        return ::syscall(SYS_clock_nanosleep, clock, flags, wanted, left) == 0 ? 0 : errno;
    }
    if (!told.exchange(true)) {
        aio::warn("real_sleep",
                  "the loop's thread was put to sleep for real: nothing else could run meanwhile");
    }
    return 0;
}

} // namespace

extern "C" {

int nanosleep(const timespec* wanted, timespec* left) {
    errno = sleep_or_tell(CLOCK_MONOTONIC, 0, wanted, left);
    return errno == 0 ? 0 : -1;
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* wanted, timespec* left) {
    return sleep_or_tell(clock, flags, wanted, left);
}

int usleep(useconds_t micros) {
    const timespec wanted{static_cast<time_t>(micros / 1'000'000),
                          static_cast<long>(micros % 1'000'000) * 1000};
    return nanosleep(&wanted, nullptr);
}

unsigned sleep(unsigned seconds) {
    const timespec wanted{static_cast<time_t>(seconds), 0};
    nanosleep(&wanted, nullptr);
    return 0;
}
}
