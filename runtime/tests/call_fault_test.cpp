// call_fault_test.cpp: calls of the kernel that fail when a test tells them to: what each error
// means to streams, servers, children and signals. The linker puts this file between the runtime
// and the C library.
#include "real_world.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <deque>
#include <map>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace aio;
using namespace aio::testing;

namespace {

/// What a call does instead of its work.
struct Answer {
    int error = 0;               ///< it fails
    std::size_t most = SIZE_MAX; ///< it moves no more bytes than that
    bool works = false;          ///< it fails, and does its work all the same
};
Answer fails(int error) { return {.error = error}; }
Answer moves(std::size_t most) { return {.most = most}; }

/// The next calls of one name; then it works again.
std::map<std::string_view, std::deque<Answer>>& plans() {
    thread_local std::map<std::string_view, std::deque<Answer>> plans; // others stay as they are
    return plans;
}

/// Makes the next calls of `name` in this scope do as told. All must have been made at its end.
struct Next {
    std::string_view name;
    Next(std::string_view call, std::deque<Answer> answers) : name(call) {
        plans()[name] = std::move(answers);
    }
    Next(const Next&) = delete;
    Next& operator=(const Next&) = delete;
    ~Next() {
        CAPTURE(name);
        CHECK(plans()[name].empty());
        plans().erase(name);
    }
};

Answer take(std::string_view name) {
    const auto plan = plans().find(name);
    if (plan == plans().end() || plan->second.empty()) {
        return {};
    }
    const Answer answer = plan->second.front();
    plan->second.pop_front();
    return answer;
}

template <class Call> auto pass(std::string_view name, Call call) {
    const Answer answer = take(name);
    if (answer.error == 0 || answer.works) {
        const auto result = call(answer.most);
        if (answer.error == 0) {
            return result;
        }
    }
    errno = answer.error;
    return decltype(call(answer.most)){-1};
}

bool is_socket(int fd) {
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

} // namespace

// NOLINTBEGIN(bugprone-reserved-identifier): the linker's names
extern "C" {
ssize_t __real_read(int, void*, std::size_t);
ssize_t __wrap_read(int fd, void* to, std::size_t size) { // of a stream, or of the signals' pipe
    const auto read = [&](std::size_t most) { return __real_read(fd, to, std::min(size, most)); };
    return plans().empty() ? read(size) : pass(is_socket(fd) ? "read" : "read a pipe", read);
}
ssize_t __real_write(int, const void*, std::size_t);
ssize_t __wrap_write(int fd, const void* from, std::size_t size) {
    return pass(size == 1 ? "write a byte" : "write",
                [&](std::size_t most) { return __real_write(fd, from, std::min(size, most)); });
}
ssize_t __real_send(int, const void*, std::size_t, int);
ssize_t __wrap_send(int fd, const void* from, std::size_t size, int flags) {
    return pass("send", [&](std::size_t most) {
        return __real_send(fd, from, std::min(size, most), flags);
    });
}
int __real_accept(int, sockaddr*, socklen_t*);
int __wrap_accept(int fd, sockaddr* peer, socklen_t* size) {
    return pass("accept", [&](std::size_t) { return __real_accept(fd, peer, size); });
}
int __real_connect(int, const sockaddr*, socklen_t);
int __wrap_connect(int fd, const sockaddr* to, socklen_t size) {
    return pass("connect", [&](std::size_t) { return __real_connect(fd, to, size); });
}
int __real_socket(int, int, int);
int __wrap_socket(int domain, int type, int protocol) {
    return pass("socket", [&](std::size_t) { return __real_socket(domain, type, protocol); });
}
int __real_socketpair(int, int, int, int*);
int __wrap_socketpair(int domain, int type, int protocol, int* ends) {
    return pass("socketpair",
                [&](std::size_t) { return __real_socketpair(domain, type, protocol, ends); });
}
int __real_pipe(int*);
int __wrap_pipe(int* ends) {
    return pass("pipe", [&](std::size_t) { return __real_pipe(ends); });
}
pid_t __real_waitpid(pid_t, int*, int);
pid_t __wrap_waitpid(pid_t pid, int* status, int options) {
    return pass("waitpid", [&](std::size_t) { return __real_waitpid(pid, status, options); });
}
int __real_kill(pid_t, int);
int __wrap_kill(pid_t pid, int signo) {
    return pass("kill", [&](std::size_t) { return __real_kill(pid, signo); });
}
int __real_posix_spawnp(pid_t*, const char*, const posix_spawn_file_actions_t*,
                        const posix_spawnattr_t*, char* const*, char* const*);
int __wrap_posix_spawnp(pid_t* pid, const char* file, const posix_spawn_file_actions_t* actions,
                        const posix_spawnattr_t* attributes, char* const* argv,
                        char* const* given) {
    const int error = take("posix_spawnp").error; // which it returns
    return error != 0 ? error : __real_posix_spawnp(pid, file, actions, attributes, argv, given);
}
long __real_syscall(long, ...);
long __wrap_syscall(long number, ...) {
    std::array<long, 6> words{};
    va_list list;
    va_start(list, number);
    for (long& word : words) {
        word = va_arg(list, long);
    }
    va_end(list);
    return pass(number == SYS_pidfd_open ? "pidfd_open" : "another", [&](std::size_t) {
        return __real_syscall(number, words[0], words[1], words[2], words[3], words[4], words[5]);
    });
}
}
// NOLINTEND(bugprone-reserved-identifier)

namespace {

/// Runs `main` with each selector, on a clock that does not wait for timers.
void run_everywhere(Coro<> (*main)()) {
    for (const std::string_view name : usable_selectors()) {
        CAPTURE(name);
        SkippingClock clock;
        EventLoop loop({.clock = &clock, .selector = make_selector(name)});
        loop.run_until_complete(main());
    }
}

/// One end of a pair of sockets as a stream, the other as a stream too.
std::array<Connection, 2> pair() {
    std::array<int, 2> ends{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    const auto open = [](int fd) {
        auto channel = detail::open_channel(get_running_loop(), UniqueFd(fd), "peer");
        const detail::Ref stream(
            new detail::Stream(std::move(channel), default_stream_limit_bytes));
        stream->begin();
        return stream->connection();
    };
    return {open(ends[0]), open(ends[1])};
}

Coro<Process> start(std::string script) {
    ProcessOptions options;
    options.input = options.output = Stdio::pipe;
    std::vector<std::string> argv{"sh", "-c", std::move(script)};
    co_return co_await create_subprocess_exec(std::move(argv), std::move(options));
}

} // namespace

TEST_CASE("read and send that are interrupted, refused for now or short lose no byte (real)") {
    run_everywhere([]() -> Coro<> {
        const auto [here, there] = pair();
        const Next send("send", {fails(EINTR), moves(1), fails(EINTR), fails(EINTR), moves(2),
                                 fails(EAGAIN), moves(3), fails(EAGAIN), fails(EAGAIN)});
        const Next read("read", {fails(EINTR), fails(EAGAIN), moves(1), fails(EINTR), moves(2)});
        here.writer.write("abcdefghijkl\n");
        CHECK(here.writer.buffered() == 10);
        CHECK(co_await there.reader.readline() == "abcdefghijkl\n");
    });
}

TEST_CASE("any other error of read and send is the connection's, by the call's name (real)") {
    run_everywhere([]() -> Coro<> {
        for (const int error : {ECONNRESET, EPIPE, ETIMEDOUT, ENOBUFS}) {
            CAPTURE(error);
            const std::string why = std::generic_category().message(error);
            const auto [here, there] = pair();
            {
                const Next send("send", {fails(error)});
                here.writer.write("abc");
                CHECK(co_await what_of<std::system_error>(here.writer.drain()) == "send: " + why);
            }
            CHECK(co_await what_of<std::system_error>(here.writer.wait_closed()) == "send: " + why);
            CHECK(co_await there.reader.read() == ""); // the peer sees an end
            const auto [near, far] = pair();
            const Next read("read", {fails(error)});
            far.writer.write("abc");
            CHECK(co_await what_of<std::system_error>(near.reader.read(3)) == "read: " + why);
        }
    });
}

TEST_CASE("accept: a visitor who gave up is no news, want is reported and waits a second (real)") {
    run_everywhere([]() -> Coro<> {
        std::vector<std::string> log;
        get_running_loop().set_exception_handler([&](const ErrorContext& context) {
            log.push_back(context.message + ": " + describe(context.error));
        });
        Server server = co_await start_server(echo, "localhost", 0);
        for (const int error : {EINTR, EAGAIN, ECONNABORTED, EPROTO, EMFILE, ENFILE, ENOMEM}) {
            CAPTURE(error);
            log.clear();
            const time_point begin = get_running_loop().time();
            const Next accept("accept", {fails(error)});
            const Connection made = co_await open_connection("localhost", server.port());
            made.writer.write("hello\n");
            CHECK(co_await made.reader.readline() == "echo hello\n");
            const bool want = error == EMFILE || error == ENFILE || error == ENOMEM;
            CHECK(get_running_loop().time() - begin == (want ? 1s : 0s));
            CHECK(log == (want ? Log{"a server cannot accept connections: accept: " +
                                     std::generic_category().message(error)}
                               : Log{}));
        }
        get_running_loop().set_exception_handler(nullptr);
    });
}

TEST_CASE(
    "connect: an interrupted one goes on, in the kernel or here; an error has a name (real)") {
    run_everywhere([]() -> Coro<> {
        Server server = co_await start_server(echo, "localhost", 0);
        for (const Answer& answer :
             {fails(EINTR), Answer{.error = EINTR, .works = true}, fails(EALREADY)}) {
            const Next connect("connect", {answer});
            const Connection made = co_await open_connection("localhost", server.port());
            made.writer.write("hello\n");
            CHECK(co_await made.reader.readline() == "echo hello\n");
        }
        for (const int error : {ECONNREFUSED, ETIMEDOUT, ENETUNREACH}) {
            const Next connect("connect", {fails(error)});
            CHECK(
                co_await what_of<std::system_error>(open_connection("localhost", server.port())) ==
                "connect to 127.0.0.1:" + std::to_string(server.port()) + ": " +
                    std::generic_category().message(error));
        }
    });
}

TEST_CASE("who gets no descriptor is told so, and the next try is as the first (real)") {
    run_everywhere([]() -> Coro<> {
        Server server = co_await start_server(echo, "localhost", 0);
        {
            const Next socket("socket", {fails(EMFILE), fails(ENFILE)});
            CHECK(co_await what_of<std::system_error>(open_connection(
                      "localhost", server.port())) == "socket: Too many open files");
            CHECK(co_await errno_of(start_server(echo, "localhost", 0)) == ENFILE);
        }
        for (const int before : {0, 1}) { // the first pipe, or the second
            std::deque<Answer> answers(static_cast<std::size_t>(before));
            answers.push_back(fails(EMFILE));
            const Next pair("socketpair", answers);
            CHECK(co_await what_of<std::system_error>(start("exit 0")) ==
                  "socketpair: Too many open files");
        }
        {
            const Next spawn("posix_spawnp", {fails(EAGAIN)});
            CHECK(co_await what_of<std::system_error>(start("exit 0")) ==
                  "cannot start sh: Resource temporarily unavailable");
        }
        {
            const Next pipe("pipe", {fails(EMFILE)});
            CHECK_THROWS_WITH_AS(get_running_loop().add_signal_handler(SIGUSR1, [] {}),
                                 "pipe: Too many open files", std::system_error);
        }
        get_running_loop().add_signal_handler(SIGUSR1, [] {});
        CHECK(get_running_loop().remove_signal_handler(SIGUSR1));
        const Process child = co_await start("exit 4");
        CHECK(co_await child.wait() == 4);
    });
}

TEST_CASE("a child's end is noted without pidfd_open, and by an interrupted waitpid (real)") {
    run_everywhere([]() -> Coro<> {
        for (const int error : {ENOSYS, EMFILE}) {
            const Next open("pidfd_open", {fails(error)});
            const Process child = co_await start("read line; exit 4");
            co_await sleep(1s);
            CHECK_FALSE(child.returncode().has_value());
            child.input->close();
            CHECK(co_await child.wait() == 4);
        }
        const Next wait("waitpid", {fails(EINTR), fails(EINTR)});
        const Process child = co_await start("exit 5");
        CHECK(co_await child.wait() == 5);
    });
}

TEST_CASE("a signal to a child that the kernel refuses is an error, and the child goes on (real)") {
    run_everywhere([]() -> Coro<> {
        const Process child = co_await start("read line; exit 6");
        {
            const Next kill("kill", {fails(EPERM)});
            CHECK_THROWS_WITH_AS(child.terminate(), "kill: Operation not permitted",
                                 std::system_error);
        }
        child.input->close();
        CHECK(co_await child.wait() == 6);
    });
}

TEST_CASE("a signal finds its way past an interrupted pipe, and past a full one") {
    VirtualWorld world;
    world.loop.add_signal_handler(SIGUSR1, [&] { world.note("one"); });
    world.loop.add_signal_handler(SIGUSR2, [&] { world.note("two"); });
    world.loop.call_later(1ms, [] {
        const Next write("write a byte", {fails(EINTR), Answer{}, fails(EAGAIN), fails(EAGAIN)});
        ::raise(SIGUSR2);
        ::raise(SIGUSR2); // the pipe is full from here on
        ::raise(SIGUSR1);
    });
    world.loop.call_later(2ms, [&] {
        plans()["read a pipe"] = {fails(EINTR)};
        ::raise(SIGUSR1);
    });
    world.loop.call_later(3ms, [&] { world.loop.stop(); });
    world.loop.run_forever();

    CHECK(world.log == Log{"1 two", "1 one", "1 two", "2 one"});
    CHECK(plans()["read a pipe"].empty());
    plans().clear();
}
