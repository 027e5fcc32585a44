// canary.cpp: tries to get out of the sandbox, and tells which walls it met.
//
//     lab-canary look KEY=VALUE…     the tries that harm nobody; a line `NAME held|open why` for
//     each lab-canary fork|memory|file|fill    tries one that does, and says how far it came
//
// Started by the grader before a class run, in the same sandbox as every answer.
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

void tell(const char* name, bool held, const std::string& why) {
    std::printf("%s %s %s\n", name, held ? "held" : "open", why.c_str());
}

/// Returns: the value of `key` among the words KEY=VALUE, "" if it is not there.
std::string given(int argc, char** argv, std::string_view key) {
    for (int i = 2; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word.size() > key.size() && word.starts_with(key) && word[key.size()] == '=') {
            return std::string(word.substr(key.size() + 1));
        }
    }
    return {};
}

bool opens(const std::string& path, int flags) {
    const int fd = open(path.c_str(), flags | O_CLOEXEC, 0644);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

void try_files(const std::string& secret) {
    tell("read", !opens(secret, O_RDONLY), "a file outside can be read");
    std::string written;
    const std::string beside = secret.substr(0, secret.rfind('/'));
    for (const std::string& folder :
         {std::string(), std::string("/dev"), std::string("/etc"), std::string("/usr"),
          std::string("/lab-box"), std::string("/var/tmp"), std::string("/dev/shm"), beside}) {
        const std::string path = folder + "/lab-canary-was-here";
        if (opens(path, O_WRONLY | O_CREAT | O_EXCL)) {
            unlink(path.c_str());
            written += " " + folder + "/";
        }
    }
    tell("write", written.empty(), "files can be made in" + written);
}

bool connects(const sockaddr* address, socklen_t size, int family) {
    const int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool done = fd >= 0 && connect(fd, address, size) == 0;
    close(fd);
    return done;
}

void try_network(const std::string& port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port.c_str())));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    tell("network", !connects(reinterpret_cast<const sockaddr*>(&address), sizeof address, AF_INET),
         "a server of this machine can be reached");
}

void try_processes(const std::string& pid) {
    const pid_t target = std::atoi(pid.c_str());
    const bool seen = opens("/proc/" + pid + "/status", O_RDONLY);
    tell("processes", !seen, "/proc shows the processes outside");
    tell("signals", kill(target, 0) != 0, "a process outside can be sent signals");
}

void try_rights() {
    const bool user = unshare(CLONE_NEWUSER) != 0;
    tell("namespaces", user, "a user namespace can be made");
    tell("root", getuid() != 0 && setuid(0) != 0, "the program is root or can become it");
    const bool traced = ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0;
    if (traced) {
        ptrace(PTRACE_DETACH, getppid(), nullptr, nullptr);
    }
    tell("parent", !traced && !opens("/proc/" + std::to_string(getppid()) + "/environ", O_RDONLY),
         "the process above can be looked into");
    errno = 0;
    const bool refused = socket(AF_NETLINK, SOCK_RAW, 0) < 0 && errno == EAFNOSUPPORT;
    tell("calls", refused, "system calls that no answer needs are let through");
}

void try_inheritance(const std::string& first_free) {
    std::string open_ones;
    for (int fd = std::atoi(first_free.c_str()); fd < 256; ++fd) {
        if (fcntl(fd, F_GETFD) >= 0) {
            open_ones += " " + std::to_string(fd);
        }
    }
    tell("descriptors", open_ones.empty(), "descriptors are inherited:" + open_ones);
    tell("environment", std::getenv("LAB_CANARY_SECRET") == nullptr,
         "the environment is the grader's");
    tell("terminal", !opens("/dev/tty", O_RDWR), "the terminal can be written to");
}

std::string most(int resource) {
    rlimit limit{};
    getrlimit(static_cast<__rlimit_resource_t>(resource), &limit);
    return limit.rlim_cur == RLIM_INFINITY ? "none" : std::to_string(limit.rlim_cur);
}

void try_limits() {
    tell("core", most(RLIMIT_CORE) == "0", "core files are written");
    tell("cpu", most(RLIMIT_CPU) != "none", "the processor's time is not limited");
}

/// Ends the children and waits until they are gone: the next run has this user's count for itself.
void end_all(const std::vector<pid_t>& children) {
    for (const pid_t child : children) {
        kill(child, SIGKILL);
    }
    for (const pid_t child : children) {
        waitpid(child, nullptr, 0);
    }
}

/// Prints how many processes could be made; the grader knows how many are too many.
void fork_on() {
    std::vector<pid_t> made;
    while (made.size() < 400) {
        const pid_t child = fork();
        if (child < 0) {
            break;
        }
        if (child == 0) {
            pause();
            _exit(0);
        }
        made.push_back(child);
    }
    std::printf("made %zu\n", made.size());
    end_all(made);
}

/// Takes memory through children, so that no limit of one process helps.
void take_memory() {
    constexpr std::size_t piece = 16 << 20;
    std::vector<pid_t> children;
    for (int i = 0; i < 12; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            alarm(2); // ends the try where nobody else does
            const std::vector<char> bytes(piece, static_cast<char>(i));
            while (bytes[static_cast<std::size_t>(i)] == static_cast<char>(i)) {
                pause();
            }
            _exit(0);
        }
        children.push_back(child);
    }
    siginfo_t first{};
    waitid(P_ALL, 0, &first, WEXITED | WNOWAIT);
    end_all(children);
}

/// Prints how much one process gets.
void take_alone() {
    std::size_t taken = 0;
    for (; taken < (2048UL << 20); taken += 16 << 20) {
        if (mmap(nullptr, 16 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
            MAP_FAILED) {
            break;
        }
    }
    std::printf("made %zu\n", taken);
}

/// Prints how many bytes went into files of the work folder.
void fill(std::size_t most_bytes, bool one_file) {
    std::signal(SIGXFSZ, SIG_IGN);
    const std::string block(1 << 20, 'x');
    std::size_t written = 0;
    for (int file = 0; file < (one_file ? 1 : 400) && written < most_bytes; ++file) {
        const int fd = open(("fill-" + std::to_string(file)).c_str(), O_WRONLY | O_CREAT, 0600);
        const std::size_t before = written;
        for (int i = 0; fd >= 0 && i < (one_file ? 400 : 4); ++i) {
            const ssize_t did = write(fd, block.data(), block.size());
            written += did > 0 ? static_cast<std::size_t>(did) : 0;
            if (did != static_cast<ssize_t>(block.size())) {
                break;
            }
        }
        close(fd);
        if (written == before) {
            break;
        }
    }
    std::printf("made %zu\n", written);
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "look") {
        try_files(given(argc, argv, "secret"));
        try_network(given(argc, argv, "port"));
        try_processes(given(argc, argv, "pid"));
        try_inheritance(given(argc, argv, "first-free"));
        try_limits();
        try_rights();
    } else if (what == "fork") {
        fork_on();
    } else if (what == "memory") {
        take_memory();
    } else if (what == "alone") {
        take_alone();
    } else if (what == "file") {
        fill(400UL << 20, true);
    } else if (what == "fill") {
        fill(400UL << 20, false);
    } else {
        return 2;
    }
    return 0;
}
