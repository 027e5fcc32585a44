// leftover.cpp: counts threads, children and descriptors.
#include "leftover.hpp"

#include <algorithm>
#include <dirent.h>
#include <poll.h>
#include <sys/wait.h>

namespace lab {
namespace {

int entries_of(const char* directory) {
    DIR* const open = ::opendir(directory);
    if (open == nullptr) {
        return 0;
    }
    int count = 0;
    while (::readdir(open) != nullptr) {
        ++count;
    }
    ::closedir(open);
    return count;
}

bool has_children() {
    siginfo_t info{};
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0; // else: ECHILD
}

} // namespace

Belongings belongings() {
    return {entries_of("/proc/self/task"), has_children() ? 1 : 0, entries_of("/proc/self/fd")};
}

Belongings left_since(const Belongings& before) {
    Belongings left;
    for (int attempt = 0; attempt < 50; ++attempt) {
        const Belongings now = belongings();
        left = {std::max(now.threads - before.threads, 0),
                std::max(now.children - before.children, 0),
                std::max(now.descriptors - before.descriptors, 0)};
        if (left.threads == 0) {
            break;
        }
        ::poll(nullptr, 0, 1); // a real millisecond, which the sleep guard knows nothing of
    }
    return left;
}

} // namespace lab
