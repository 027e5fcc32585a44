// os_linux.cpp: the kernel's answers on Linux, from prctl and /proc.
#include "os.hpp"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <string>
#include <utility>

namespace lab::judge::os {

namespace {

struct CloseDir {
    void operator()(DIR* dir) const { closedir(dir); }
};

/// Returns: the numbers among a directory's names.
std::vector<pid_t> numbers_in(const std::string& path) {
    std::vector<pid_t> numbers;
    const std::unique_ptr<DIR, CloseDir> dir(opendir(path.c_str()));
    if (dir) {
        while (const dirent* const entry = readdir(dir.get())) {
            const int number = std::atoi(entry->d_name);
            if (number > 0) {
                numbers.push_back(number);
            }
        }
    }
    return numbers;
}

/// Returns: the first bytes of a small file of /proc, "" if it is gone.
std::string read_small(const std::string& path) {
    std::array<char, 512> buffer{};
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return {};
    }
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    close(fd);
    return std::string(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
}

/// Returns: the parent of `pid`, 0 if it is gone. A dead process that nobody has reaped still
/// counts.
pid_t parent_of(pid_t pid) {
    const std::string stat = read_small("/proc/" + std::to_string(pid) + "/stat");
    // The name stands in brackets and may itself hold brackets and blanks; the last one ends it.
    const std::size_t end = stat.rfind(')');
    int parent = 0;
    char state = 0;
    if (end == std::string::npos ||
        std::sscanf(stat.c_str() + end + 1, " %c %d", &state, &parent) != 2) {
        return 0;
    }
    return parent;
}

} // namespace

void adopt_orphans() { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

void die_with_parent(pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) { // it died before the line above
        _exit(127);
    }
}

void close_from(int first) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, static_cast<unsigned>(first), ~0U, 0U) == 0) {
        return;
    }
#endif
    for (long fd = first, end = sysconf(_SC_OPEN_MAX); fd < end; ++fd) {
        close(static_cast<int>(fd));
    }
}

// One look at every process: /proc/PID/task/TID/children would tell of the family alone, but many
// kernels are built without it, and it may skip a child while others exit.
std::vector<pid_t> descendants(pid_t ancestor) {
    std::vector<std::pair<pid_t, pid_t>> parents; // (child, parent)
    for (const pid_t pid : numbers_in("/proc")) {
        parents.emplace_back(pid, parent_of(pid));
    }
    std::vector<pid_t> family{ancestor};
    for (std::size_t i = 0; i < family.size(); ++i) {
        for (const auto& [child, parent] : parents) {
            const bool known = std::find(family.begin(), family.end(), child) != family.end();
            if (parent == family[i] && !known) {
                family.push_back(child);
            }
        }
    }
    family.erase(family.begin());
    return family;
}

std::size_t threads_of_machine() {
    double load = 0;
    std::size_t running = 0;
    std::size_t all = 0;
    const std::string text = read_small("/proc/loadavg"); // "0.20 0.18 0.12 1/80 11206"
    const int found = std::sscanf(text.c_str(), "%lf %*f %*f %zu/%zu", &load, &running, &all);
    return found == 3 ? all : 1'000'000;
}

Fare fare(pid_t pid) {
    Fare sum;
    const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
    for (const pid_t task : numbers_in(tasks)) {
        long long ran = 0;
        long long queued = 0;
        const std::string text = read_small(tasks + "/" + std::to_string(task) + "/schedstat");
        if (std::sscanf(text.c_str(), "%lld %lld", &ran, &queued) == 2) {
            sum.ran += std::chrono::nanoseconds(ran);
            sum.queued = std::max(sum.queued, std::chrono::nanoseconds(queued));
        }
        ++sum.threads;
    }
    unsigned long long resident = 0;
    unsigned long long shared = 0;
    const std::string memory = read_small("/proc/" + std::to_string(pid) + "/statm");
    const bool known = std::sscanf(memory.c_str(), "%*u %llu %llu", &resident, &shared) == 2;
    if (known && resident > shared) { // while a process starts or ends, the two need not agree
        sum.resident_bytes =
            (resident - shared) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    }
    return sum;
}

} // namespace lab::judge::os
