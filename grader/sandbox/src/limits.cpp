// limits.cpp: what the kernel itself counts for each process.
#include "limits.hpp"

#include <algorithm>
#include <sys/syscall.h>
#include <unistd.h>

namespace lab::box {

void set_limits(const std::vector<Limit>& limits) {
    for (const Limit& limit : limits) {
        const auto resource = static_cast<__rlimit_resource_t>(limit.resource);
        rlimit now{};
        if (getrlimit(resource, &now) != 0) {
            fail("cannot read a limit");
        }
        now.rlim_cur = std::min(now.rlim_cur, limit.most);
        // At the soft limit of CPU time a signal says so; a second later comes the one that nobody
        // can ignore.
        const rlim_t grace = limit.resource == RLIMIT_CPU ? 1 : 0;
        now.rlim_max = std::min(now.rlim_max, limit.most + grace);
        if (setrlimit(resource, &now) != 0) {
            fail("cannot set a limit");
        }
    }
}

namespace {

void close_range(unsigned first, unsigned last) {
    if (first > last) {
        return;
    }
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, last, 0U) == 0) {
        return;
    }
#endif
    const auto most = static_cast<unsigned>(sysconf(_SC_OPEN_MAX));
    for (unsigned fd = first; fd <= std::min(last, most); ++fd) {
        close(static_cast<int>(fd));
    }
}

} // namespace

void close_all_but(std::vector<int> kept) {
    std::sort(kept.begin(), kept.end());
    unsigned first = 3;
    for (const int fd : kept) {
        if (fd >= static_cast<int>(first)) {
            close_range(first, static_cast<unsigned>(fd) - 1);
            first = static_cast<unsigned>(fd) + 1;
        }
    }
    close_range(first, ~0U);
}

} // namespace lab::box
