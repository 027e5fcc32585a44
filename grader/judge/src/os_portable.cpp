// os_portable.cpp: the same questions on systems without /proc: mostly "I cannot tell".
#include "os.hpp"

#include <unistd.h>

namespace lab::judge::os {

void adopt_orphans() {}

void die_with_parent(pid_t) {}

void close_from(int first) {
    for (long fd = first, end = sysconf(_SC_OPEN_MAX); fd < end; ++fd) {
        close(static_cast<int>(fd));
    }
}

std::vector<pid_t> descendants(pid_t) { return {}; }

std::size_t threads_of_machine() { return 1'000'000; }

Fare fare(pid_t) { return {}; }

} // namespace lab::judge::os
