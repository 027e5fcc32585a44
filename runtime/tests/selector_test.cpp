// selector_test.cpp: every selector of this machine against the kernel: pipes, wake-ups, errors.
//
// CTest runs all tests of the runtime on each selector besides (runtime.tests.io_uring, ...).
#include "virtual_world.hpp"

#include <aio/unique_fd.hpp>
#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <set>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

using namespace aio;

namespace {

struct Pipe {
    UniqueFd read;
    UniqueFd write;
    Pipe() {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        read = UniqueFd(ends[0]);
        write = UniqueFd(ends[1]);
    }
};

/// Two connected sockets; the first with a given number, if one is named.
struct Stream {
    UniqueFd a;
    UniqueFd b;
    explicit Stream(int number = -1) {
        std::array<int, 2> ends{};
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
        a = UniqueFd(ends[0]);
        b = UniqueFd(ends[1]);
        if (number >= 0 && number != ends[0]) {
            if (number == ends[1]) {
                std::swap(a, b);
            } else {
                REQUIRE(::dup2(ends[0], number) == number);
                a = UniqueFd(number);
            }
        }
    }
};

/// Interrupts this process every millisecond.
struct RepeatedSignal {
    struct sigaction before{};
    RepeatedSignal() {
        struct sigaction action{};
        action.sa_handler = [](int) {};
        ::sigaction(SIGALRM, &action, &before);
        const itimerval often{.it_interval = {0, 1000}, .it_value = {0, 1000}};
        ::setitimer(ITIMER_REAL, &often, nullptr);
    }
    ~RepeatedSignal() {
        const itimerval never{};
        ::setitimer(ITIMER_REAL, &never, nullptr);
        ::sigaction(SIGALRM, &before, nullptr);
    }
};

/// Puts an environment variable back at the end of its scope.
struct EnvironmentVariable {
    const char* name;
    std::optional<std::string> before;
    explicit EnvironmentVariable(const char* n) : name(n) {
        if (const char* value = std::getenv(n)) {
            before = value;
        }
    }
    ~EnvironmentVariable() { before ? ::setenv(name, before->c_str(), 1) : ::unsetenv(name); }
    void set(const char* value) const { ::setenv(name, value, 1); }
};

/// From here on this process gets `error` from system call `number`.
void refuse_system_call(unsigned number, unsigned error) {
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{.len = std::size(filter), .filter = filter};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/// Returns: the selectors of this machine; one that the kernel refuses is told of, and left out.
std::vector<std::string_view> usable() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> found;
        const char* without = std::getenv("AIO_TESTS_WITHOUT"); // memcheck's: see CMakeLists.txt
        for (const std::string_view name : selector_names()) {
            if (without != nullptr && name == without) {
                continue;
            }
            try {
                make_selector(name);
                found.push_back(name);
            } catch (const std::system_error& error) {
                MESSAGE("SKIPPED: nothing here tests ", name, ": ", error.what());
            }
        }
        return found;
    }();
    return names;
}

} // namespace

TEST_CASE("a selector tells what can be read or written, until the watch ends (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        const Pipe pipe;
        std::vector<Readiness> news;

        selector->watch(pipe.read.get(), {.readable = true});
        CHECK_FALSE(selector->select(duration::zero(), news));
        REQUIRE(::write(pipe.write.get(), "x", 1) == 1);
        CHECK(selector->select(std::nullopt, news));
        REQUIRE(news.size() == 1);
        CHECK(news[0].fd == pipe.read.get());
        CHECK(news[0].interest.readable);
        CHECK_FALSE(news[0].interest.writable);

        news.clear();
        selector->watch(pipe.read.get(), {});
        selector->watch(pipe.write.get(), {.writable = true});
        CHECK(selector->select(duration::zero(), news));
        REQUIRE(news.size() == 1);
        CHECK(news[0].fd == pipe.write.get());
        CHECK(news[0].interest.writable);
    }
}

TEST_CASE("wake() ends the wait that goes on, or the next one, once (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        std::vector<Readiness> news;

        selector->wake();
        selector->wake();
        CHECK(selector->select(std::nullopt, news));
        CHECK_FALSE(selector->select(duration::zero(), news));
        CHECK(news.empty());
    }
}

TEST_CASE("watching a descriptor that is not open is refused by name (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        CHECK_THROWS_AS(make_selector(name)->watch(9999, {.readable = true}), std::system_error);
    }
}

TEST_CASE("a closed peer is news for the reader (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        Pipe pipe;
        std::vector<Readiness> news;

        selector->watch(pipe.read.get(), {.readable = true});
        {
            const UniqueFd closed = std::move(pipe.write);
        }
        CHECK(selector->select(duration::zero(), news));

        REQUIRE(news.size() == 1);
        CHECK(news[0].interest.readable);
    }
}

TEST_CASE(
    "a loop calls back while a descriptor has something to read, and stops when told to (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        RealClock clock;
        EventLoop loop({.clock = &clock, .selector = make_selector(name)});
        const Pipe pipe;
        std::string read;

        loop.add_reader(pipe.read.get(), [&] {
            char c = 0;
            REQUIRE(::read(pipe.read.get(), &c, 1) == 1);
            read += c;
            if (c == '.') {
                CHECK(loop.remove_reader(pipe.read.get()));
                loop.stop();
            }
        });
        loop.add_writer(pipe.write.get(), [&] {
            REQUIRE(::write(pipe.write.get(), "abc.", 4) == 4);
            loop.remove_writer(pipe.write.get());
        });
        loop.run_forever();

        CHECK(read == "abc.");
        CHECK_FALSE(loop.remove_reader(pipe.read.get()));
        CHECK_FALSE(loop.remove_writer(pipe.write.get()));
    }
}

TEST_CASE("a watch may change, end, and begin again for another descriptor of that number (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        std::vector<Readiness> news;
        const auto only_news = [&]() -> std::string {
            news.clear();
            selector->select(duration::zero(), news);
            REQUIRE(news.size() <= 1);
            return news.empty() ? "none"
                                : std::string(news[0].interest.readable ? "r" : "") +
                                      (news[0].interest.writable ? "w" : "");
        };
        Stream pair;

        selector->watch(pair.a.get(), {.readable = true, .writable = true});
        CHECK(only_news() == "w");
        CHECK(only_news() == "w"); // as long as it lasts, not once
        selector->watch(pair.a.get(), {.readable = true});
        CHECK(only_news() == "none");
        REQUIRE(::write(pair.b.get(), "x", 1) == 1);
        CHECK(only_news() == "r");
        CHECK(only_news() == "r");
        selector->watch(pair.a.get(), {});
        selector->watch(pair.a.get(), {});
        CHECK(only_news() == "none");

        selector->watch(pair.a.get(), {.readable = true});
        const int number = pair.a.get();
        pair = Stream(); // closed while it is watched: the owner forgot
        Stream other(number);
        selector->watch(number, {.writable = true});
        CHECK(only_news() == "w");
    }
}

TEST_CASE("a peer learns that a descriptor was closed once its watch has ended (real)") {
    for (const std::string_view name : usable()) {
        for (const bool by_name : {true, false}) {
            CAPTURE(name);
            CAPTURE(by_name);
            Stream pair;
            VirtualClock clock;
            EventLoop loop({.clock = &clock, .selector = make_selector(name)});
            loop.add_reader(pair.a.get(), [] {});
            loop.run_once(loop.time()); // the kernel has been asked

            by_name ? static_cast<void>(loop.remove_reader(pair.a.get())) : loop.close();
            pair.a = UniqueFd();

            char c = 0;
            CHECK(::recv(pair.b.get(), &c, 1, MSG_DONTWAIT) == 0); // a ring would keep it open
        }
    }
}

TEST_CASE("hundreds of descriptors have news at once, and each is told (real)") {
    constexpr std::size_t many = 700; // more than the rings hold, and than epoll tells in one call
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        const Pipe pipe;
        std::vector<UniqueFd> copies;
        REQUIRE(::write(pipe.write.get(), "x", 1) == 1);
        for (std::size_t i = 0; i < many; ++i) {
            copies.emplace_back(::dup(pipe.read.get()));
            selector->watch(copies.back().get(), {.readable = true});
        }

        std::set<int> told;
        for (int look = 0; look < 20 && told.size() < many; ++look) {
            std::vector<Readiness> news;
            CHECK(selector->select(std::nullopt, news));
            for (const Readiness& one : news) {
                told.insert(one.fd);
            }
        }
        CHECK(told.size() == many);

        for (const UniqueFd& copy : copies) {
            selector->watch(copy.get(), {});
        }
        std::vector<Readiness> news;
        CHECK_FALSE(selector->select(duration::zero(), news));
        CHECK(news.empty());
    }
}

TEST_CASE(
    "a select() waits as long as it is told, and a signal ends it early without news (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        std::vector<Readiness> news;

        RealClock clock; // a ring that was closed before may interrupt once, as a signal does
        bool waited = false;
        for (int tries = 0; tries < 100 && !waited; ++tries) {
            const time_point begin = clock.now();
            CHECK_FALSE(selector->select(2ms, news));
            waited = clock.now() - begin >= 2ms;
        }
        CHECK(waited);

        const RepeatedSignal signal; // again and again: one that comes before the wait is no luck
        CHECK_FALSE(selector->select(std::nullopt, news));
        CHECK(news.empty());
    }
}

TEST_CASE("the descriptor of a selector can be read while there is news or a wake() (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        const Pipe pipe;
        std::vector<Readiness> news;
        const auto tells = [&selector] {
            pollfd host{.fd = selector->descriptor(), .events = POLLIN, .revents = 0};
            return ::poll(&host, 1, 0) == 1;
        };
        if (selector->descriptor() < 0) {
            CHECK(name == "poll"); // the one that has none
            continue;
        }

        selector->watch(pipe.read.get(), {.readable = true});
        CHECK_FALSE(tells());
        REQUIRE(::write(pipe.write.get(), "x", 1) == 1);
        CHECK(tells());
        CHECK(selector->select(std::nullopt, news));
        CHECK(tells()); // nobody has read yet
        selector->watch(pipe.read.get(), {});
        selector->select(duration::zero(), news);
        CHECK_FALSE(tells());
        selector->wake();
        CHECK(tells());
        CHECK(selector->select(std::nullopt, news));
        CHECK_FALSE(tells());
    }
}

TEST_CASE("news that nobody has taken are no news for the next watch of that descriptor (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        const Pipe pipe;
        std::vector<Readiness> news;
        char c = 0;

        REQUIRE(::write(pipe.write.get(), "x", 1) == 1);
        selector->watch(pipe.read.get(), {.readable = true});
        selector->descriptor(); // a ring holds the answer from here on
        selector->watch(pipe.read.get(), {});
        REQUIRE(::read(pipe.read.get(), &c, 1) == 1);
        selector->watch(pipe.read.get(), {.readable = true});

        CHECK_FALSE(selector->select(duration::zero(), news));
        CHECK(news.empty());
    }
}

TEST_CASE("a host is told of one descriptor's news before hundreds of silent ones (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        const Pipe loud;
        const Pipe silent;
        std::vector<UniqueFd> copies;
        REQUIRE(::write(loud.write.get(), "x", 1) == 1);
        selector->watch(loud.read.get(), {.readable = true});
        for (int i = 0; i < 300; ++i) { // the first answer has to make room in the ring
            copies.emplace_back(::dup(silent.read.get()));
            selector->watch(copies.back().get(), {.readable = true});
        }

        pollfd host{.fd = selector->descriptor(), .events = POLLIN, .revents = 0};
        CHECK(::poll(&host, 1, 0) == (host.fd < 0 ? 0 : 1));
        std::vector<Readiness> news;
        CHECK(selector->select(std::nullopt, news));
        REQUIRE(news.size() == 1);
        CHECK(news[0].fd == loud.read.get());
    }
}

TEST_CASE("a selector may be used by one thread after another (real)") {
    for (const std::string_view name : usable()) {
        CAPTURE(name);
        const auto selector = make_selector(name);
        const Pipe pipe;
        std::vector<Readiness> news;

        std::thread([&] { // the kernel drops a thread's requests when it ends
            selector->watch(pipe.read.get(), {.readable = true});
            selector->select(duration::zero(), news);
        })
            .join();
        REQUIRE(::write(pipe.write.get(), "x", 1) == 1);
        for (int look = 0; look < 3 && news.empty(); ++look) {
            selector->select(1min, news);
        }

        REQUIRE(news.size() == 1);
        CHECK(news[0].interest.readable);
    }
}

TEST_CASE("a selector is chosen by name, by the environment, and refused by a name it has not") {
    const EnvironmentVariable variable("AIO_SELECTOR");

    CHECK_THROWS_WITH_AS(make_selector("select"),
                         "no selector is called 'select' here; there are epoll, io_uring, poll",
                         ValueError);
    variable.set("kqueue");
    CHECK_THROWS_WITH_AS(EventLoop(),
                         "no selector is called 'kqueue' here; there are epoll, io_uring, poll",
                         ValueError);
    variable.set("poll");
    CHECK(make_selector()->descriptor() == -1); // only poll has none
    CHECK(make_selector("epoll")->descriptor() >= 0);
    variable.set("");
    CHECK(make_selector()->descriptor() >= 0);
}

TEST_CASE("a kernel that refuses io_uring is told apart, with what does without it (real)") {
    const pid_t child = ::fork();
    if (child == 0) { // a process of its own: a filter cannot be taken back
        refuse_system_call(SYS_io_uring_setup, EPERM);
        std::string text;
        try {
            make_selector("io_uring");
        } catch (const std::system_error& error) {
            text = error.what();
        }
        ::_exit(text == "io_uring_setup (AIO_SELECTOR=epoll or poll do without it): Operation not "
                        "permitted"
                    ? 0
                    : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("a chain of callbacks does not starve a descriptor, and does not ask the kernel at every "
          "turn") {
    struct Counting final : Selector {
        int& looks;
        explicit Counting(int& l) : looks(l) {}
        void watch(int, Interest) override {}
        bool select(std::optional<duration>, std::vector<Readiness>&) override {
            ++looks;
            return false;
        }
        void wake() override {}
    };
    int looks = 0;
    VirtualClock clock;
    EventLoop loop({.clock = &clock, .selector = std::make_unique<Counting>(looks)});
    int turns = 0;
    std::function<void()> again = [&] {
        ++turns < 6400 ? static_cast<void>(loop.call_soon(again)) : loop.stop();
    };

    SUBCASE("with a descriptor") {
        loop.add_reader(7, [] {});
        loop.call_soon(again);
        loop.run_forever();
        CHECK(looks == 100);
    }
    SUBCASE("without one") {
        loop.call_soon(again);
        loop.run_forever();
        CHECK(looks == 0);
    }
}
