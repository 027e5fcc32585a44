// fork_server.cpp: the server's life, from its fork to its end with the program.
#include "aio/fork_server.hpp"

#include "aio/channel.hpp"
#include "aio/error.hpp"
#include "aio/trace.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <mutex>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 // there, the socket has an option for it: see make_pair
#endif

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
#define AIO_SANITIZER_THREADS 1 // the sanitizer's own
#else
#define AIO_SANITIZER_THREADS 0
#endif

namespace aio::detail {
namespace {

std::pair<UniqueFd, UniqueFd> make_pair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        refuse("socketpair");
    }
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
        const int on = 1;
        ::setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    }
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

/// One byte with a descriptor beside it: the least that can carry one.
struct Parcel {
    char byte = 'w';
    iovec data{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr header{};

    Parcel() {
        header.msg_iov = &data;
        header.msg_iovlen = 1;
        header.msg_control = control;
        header.msg_controllen = sizeof control;
    }
};

void send_descriptor(int over, int fd) {
    Parcel parcel;
    cmsghdr* beside = CMSG_FIRSTHDR(&parcel.header);
    beside->cmsg_level = SOL_SOCKET;
    beside->cmsg_type = SCM_RIGHTS;
    beside->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(beside), &fd, sizeof fd);
    uninterrupted([&] { return ::sendmsg(over, &parcel.header, MSG_NOSIGNAL); });
}

UniqueFd receive_descriptor(int over) {
    Parcel parcel;
    int fd = -1;
    if (uninterrupted([&] { return ::recvmsg(over, &parcel.header, 0); }) == 1) {
        if (const cmsghdr* beside = CMSG_FIRSTHDR(&parcel.header); beside != nullptr) {
            std::memcpy(&fd, CMSG_DATA(beside), sizeof fd);
            ::fcntl(fd, F_SETFD, FD_CLOEXEC); // not for programs that a job starts
        }
    }
    return UniqueFd(fd);
}

/// Returns: the entries of a folder that are numbers.
std::vector<int> numbers_in(const char* folder) {
    std::vector<int> numbers;
    if (DIR* open = ::opendir(folder); open != nullptr) {
        while (const dirent* entry = ::readdir(open)) {
            if (entry->d_name[0] != '.' && std::atoi(entry->d_name) != ::dirfd(open)) {
                numbers.push_back(std::atoi(entry->d_name));
            }
        }
        ::closedir(open);
    }
    return numbers;
}

/// Returns: whether this thread is the only one. A thread that was joined takes a moment to leave
/// the system's list, where there is one; elsewhere the caller is trusted.
bool is_alone() {
    for (int i = 0; i < 20; ++i) {
        if (numbers_in("/proc/self/task").size() <= 1 + AIO_SANITIZER_THREADS) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
}

/// What the server and its workers do not share with the program: its descriptors, its handlers of
/// signals. An interrupt from the keyboard is the program's to handle; it ends its workers.
void become_a_server(int control) {
    for (const int fd : numbers_in("/dev/fd")) {
        if (fd > STDERR_FILENO && fd != control) {
            ::close(fd);
        }
    }
    for (int signal = 1; signal < NSIG; ++signal) {
        std::signal(signal, SIG_DFL);
    }
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGCHLD, SIG_IGN); // the system buries the workers: none becomes a zombie
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    set_tracer(nullptr);
}

[[noreturn]] void serve(UniqueFd control, WorkerMain worker) {
    become_a_server(control.get());
    for (;;) {
        UniqueFd fd = receive_descriptor(control.get());
        if (fd.get() < 0) {
            ::_exit(0); // the program has ended
        }
        if (::fork() == 0) { // a fork that fails closes the channel: the program sees that
            control = UniqueFd();
            std::signal(SIGCHLD, SIG_DFL);
            std::atexit([] { ::_exit(1); }); // for a job that exits: statics are the program's
            // A thread of its own has none of the thread's variables of the program.
            std::thread(worker, WorkerPipe(std::move(fd))).join();
            ::_exit(0);
        }
    }
}

class ForkServer {
public:
    ForkServer() = default;
    ForkServer(const ForkServer&) = delete;
    ForkServer& operator=(const ForkServer&) = delete;
    ~ForkServer() { // at the end of the program, and in its forks
        control_ = UniqueFd();
        if (owner_ == ::getpid()) {
            uninterrupted([&] { return ::waitpid(server_, nullptr, 0); });
        }
    }

    void start(WorkerMain worker) {
        const std::lock_guard lock(mutex_);
        if (owner_ == ::getpid()) {
            return;
        }
        if (!is_alone()) {
            throw Error("a process pool forks, which is safe only before other threads run: make "
                        "the first ProcessPool before you start threads");
        }
        auto [here, there] = make_pair();
        std::fflush(nullptr); // or a copy of what is not written yet would be written twice
        server_ = ::fork();
        if (server_ < 0) {
            refuse("fork");
        }
        if (server_ == 0) {
            here = UniqueFd();
            serve(std::move(there), worker);
        }
        owner_ = ::getpid();
        control_ = std::move(here);
    }

    WorkerPipe fork_worker() {
        auto [here, there] = make_pair();
        const std::lock_guard lock(mutex_);
        // A server that is gone, now or before it forks, is a channel that nobody holds the end of.
        send_descriptor(control_.get(), there.get());
        return WorkerPipe(std::move(here));
    }

private:
    std::mutex mutex_;
    UniqueFd control_;
    pid_t server_ = -1;
    pid_t owner_ = -1; ///< whose server it is: not that of a fork of the program
};

ForkServer& fork_server() {
    static ForkServer server;
    return server;
}

struct Header {
    std::int64_t kind;
    std::int64_t nanoseconds;
    std::size_t size_bytes;
};

bool send_all(int fd, const void* data, std::size_t size_bytes) {
    const auto* next = static_cast<const char*>(data);
    while (size_bytes > 0) {
        const auto sent = uninterrupted([&] { return ::send(fd, next, size_bytes, MSG_NOSIGNAL); });
        if (sent <= 0) {
            return false;
        }
        next += sent;
        size_bytes -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool receive_all(int fd, void* data, std::size_t size_bytes) {
    auto* next = static_cast<char*>(data);
    while (size_bytes > 0) {
        const auto got = uninterrupted([&] { return ::recv(fd, next, size_bytes, 0); });
        if (got <= 0) {
            return false;
        }
        next += got;
        size_bytes -= static_cast<std::size_t>(got);
    }
    return true;
}

} // namespace

bool WorkerPipe::send(const Message& message) {
    const Header header{static_cast<std::int64_t>(message.kind), message.nanoseconds,
                        message.bytes.size()};
    return send_all(fd_.get(), &header, sizeof header) &&
           send_all(fd_.get(), message.bytes.data(), message.bytes.size());
}

std::optional<Message> WorkerPipe::receive() {
    Header header{};
    if (!receive_all(fd_.get(), &header, sizeof header)) {
        return std::nullopt;
    }
    Message message{static_cast<Message::Kind>(header.kind), header.nanoseconds,
                    Bytes(header.size_bytes)};
    if (!receive_all(fd_.get(), message.bytes.data(), message.bytes.size())) {
        return std::nullopt;
    }
    return message;
}

void start_fork_server(WorkerMain worker) { fork_server().start(worker); }

WorkerPipe fork_worker() { return fork_server().fork_worker(); }

} // namespace aio::detail
