// subprocess_test.cpp: children: their pipes, their end, and those that do not want to end.
//
// The children are real, so are their times; nothing here waits for longer than they live.
#include "virtual_world.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <system_error>

using namespace aio;

namespace {

/// Starts `sh -c script` with all three pipes.
Coro<Process> shell(std::string script, ProcessOptions options = {}) {
    options.input = options.output = Stdio::pipe;
    if (options.errors == Stdio::inherit) {
        options.errors = Stdio::pipe;
    }
    std::vector<std::string> argv{"sh", "-c", std::move(script)};
    co_return co_await create_subprocess_exec(std::move(argv), std::move(options));
}

/// Runs on the kernel's clock.
template <class T> T run_really(Coro<T> coro) {
    EventLoop loop;
    return loop.run_until_complete(std::move(coro));
}

} // namespace

TEST_CASE("a child's output, errors and exit code (real)") {
    const auto main = []() -> Coro<> {
        const Process child = co_await shell("echo out; echo err >&2; exit 3");
        CHECK(child.pid() > 0);
        const auto written = co_await child.communicate();
        CHECK(written.output == "out\n");
        CHECK(written.errors == "err\n");
        CHECK(child.returncode() == 3);
        CHECK(co_await child.wait() == 3);
    };
    run_really(main());
}

TEST_CASE("communicate sends the input and then its end; large amounts in both directions (real)") {
    const auto main = []() -> Coro<> {
        const std::string text(3'000'000, 'x'); // far more than the kernel buffers
        const Process child = co_await shell("cat");
        const auto written = co_await child.communicate(text);
        CHECK(written.output == text);
        CHECK(child.returncode() == 0);
    };
    run_really(main());
}

TEST_CASE("a conversation, line by line (real)") {
    const auto main = []() -> Coro<> {
        const Process child =
            co_await shell("while read line; do echo \"got $line\"; done; echo bye");
        std::vector<std::string> lines;
        for (const std::string word : {"one", "two"}) {
            child.input->write(word + "\n");
            co_await child.input->drain();
            lines.push_back(co_await child.output->readline());
        }
        child.input->close();
        lines.push_back(co_await child.output->readline());
        CHECK(lines == std::vector<std::string>{"got one\n", "got two\n", "bye\n"});
        CHECK(co_await child.wait() == 0);
    };
    run_really(main());
}

TEST_CASE("errors can go where the output goes, or nowhere (real)") {
    const auto main = []() -> Coro<> {
        ProcessOptions together;
        together.errors = Stdio::to_output;
        const Process both = co_await shell("echo a; echo b >&2", together);
        CHECK((co_await both.communicate()).output == "a\nb\n");

        ProcessOptions silent;
        silent.errors = Stdio::null;
        const Process quiet = co_await shell("echo a; echo b >&2", silent);
        CHECK_FALSE(quiet.errors.has_value());
        CHECK((co_await quiet.communicate()).output == "a\n");
    };
    run_really(main());
}

TEST_CASE("a child has the folder and the environment that it is given (real)") {
    const auto main = []() -> Coro<> {
        ProcessOptions options;
        options.folder = "/";
        options.environment.emplace()["WORD"] = "hello";
        const Process child = co_await shell("pwd; echo $WORD$HOME", options);
        CHECK((co_await child.communicate()).output == "/\nhello\n");
    };
    run_really(main());
}

TEST_CASE("terminate ends a child; its code is the signal's (real)") {
    const auto main = []() -> Coro<> {
        const Process child = co_await shell("echo up; exec sleep 1000");
        CHECK(co_await child.output->readline() == "up\n");
        CHECK_FALSE(child.returncode().has_value());
        child.terminate();
        CHECK(co_await child.wait() == -SIGTERM);
        CHECK_THROWS_WITH_AS(child.terminate(), "the child has ended", ProcessLookupError);
        CHECK_THROWS_AS(child.kill(), ProcessLookupError);
    };
    run_really(main());
}

TEST_CASE("a child that ignores SIGTERM is killed (real)") {
    const auto main = []() -> Coro<> {
        const Process child =
            co_await shell("trap 'echo no' TERM; echo up; while :; do read line || :; done");
        CHECK(co_await child.output->readline() == "up\n");
        child.terminate();
        child.input->write("\n"); // the shell traps between two commands
        CHECK(co_await child.output->readline() == "no\n");
        CHECK_FALSE(child.returncode().has_value());
        child.kill();
        CHECK(co_await child.wait() == -SIGKILL);
    };
    run_really(main());
}

TEST_CASE("several tasks wait for one child, and other tasks go on meanwhile (real)") {
    const auto main = []() -> Coro<> {
        const Process child = co_await shell("read line; exit 7");
        std::vector<Coro<int>> waits;
        waits.push_back(child.wait());
        waits.push_back(child.wait());
        auto all = gather(std::move(waits));
        co_await sleep(0ms);
        CHECK_FALSE(all.done());
        child.input->write("go\n");
        const std::vector<int> codes = co_await all;
        CHECK(codes == std::vector<int>{7, 7});
    };
    run_really(main());
}

TEST_CASE("a child that does not read its input does no harm (real)") {
    const auto main = []() -> Coro<> {
        const Process child = co_await shell("exec <&-; echo done");
        const auto written = co_await child.communicate(std::string(1'000'000, 'x'));
        CHECK(written.output == "done\n");
        CHECK(child.returncode() == 0);
    };
    run_really(main());
}

TEST_CASE("a cancelled wait leaves the child alone (real)") {
    const auto main = []() -> Coro<> {
        const Process child = co_await shell("read line; exit 1");
        const Task<int> waiting = create_task(child.wait());
        co_await sleep(0ms);
        waiting.cancel();
        co_await sleep(0ms);
        CHECK(waiting.cancelled());
        CHECK_FALSE(child.returncode().has_value());
        child.input->close();
        CHECK(co_await child.wait() == 1);
    };
    run_really(main());
}

TEST_CASE("on a virtual clock a child can be awaited, and nothing else moves (real)") {
    aio::testing::VirtualWorld world;
    const auto main = []() -> Coro<int> {
        const Process child = co_await shell("exit 5");
        co_return co_await child.wait();
    };
    CHECK(world.run(main()) == 5);
    CHECK(world.clock.now() == time_point{});
}

TEST_CASE(
    "a child whose code somebody else has taken ended with 255; no signal goes astray (real)") {
    const auto before = ::signal(SIGCHLD, SIG_IGN); // the kernel takes it
    const auto main = []() -> Coro<> {
        const Process child = co_await shell("cat");
        CHECK((co_await child.communicate("text")).output == "text");
        CHECK(child.returncode() == 255);
        CHECK_THROWS_AS(child.kill(), ProcessLookupError);
    };
    run_really(main());
    ::signal(SIGCHLD, before);
}

TEST_CASE("what no program can be told is refused (real)") {
    const auto refused = [](std::vector<std::string> argv, ProcessOptions options) {
        try {
            run_really(create_subprocess_exec(std::move(argv), std::move(options)));
        } catch (const ValueError& error) {
            return std::string(error.what());
        }
        return std::string("started");
    };
    ProcessOptions backwards;
    backwards.input = Stdio::to_output;
    CHECK(refused({"true"}, backwards) == "only a child's errors can go where its output goes");
    CHECK(refused({"true", std::string("a\0b", 3)}, {}) ==
          "a text for a program has a zero byte in it");
    ProcessOptions no_limit;
    no_limit.limit_bytes = 0;
    CHECK(refused({"true"}, no_limit) == "a stream's limit is at least one byte");
    for (const std::string name : {"", "A=B"}) {
        ProcessOptions odd;
        odd.environment.emplace()[name] = "value";
        CHECK(refused({"true"}, odd) == "no name for a variable: '" + name + "'");
    }
}

TEST_CASE("what cannot be started is refused by name, and leaves nothing behind (real)") {
    const auto start = [](std::vector<std::string> argv, ProcessOptions options) -> Coro<> {
        const Process child = co_await create_subprocess_exec(std::move(argv), std::move(options));
        co_await child.wait();
    };
    CHECK_THROWS_WITH_AS(run_really(start({"no-such-program"}, {})),
                         "cannot start no-such-program: No such file or directory",
                         std::system_error);
    CHECK_THROWS_WITH_AS(run_really(start({}, {})), "a program needs a name: argv is empty",
                         ValueError);
    ProcessOptions nowhere;
    nowhere.folder = "/no/such/folder";
    CHECK_THROWS_AS(run_really(start({"true"}, nowhere)), std::system_error);
}

TEST_CASE("text for a child without a pipe is refused (real)") {
    const auto main = []() -> Coro<> {
        std::vector<std::string> argv{"true"};
        const Process child = co_await create_subprocess_exec(std::move(argv));
        bool refused = false;
        try {
            co_await child.communicate("text");
        } catch (const Error&) {
            refused = true;
        }
        CHECK(refused);
        CHECK(co_await child.wait() == 0);
    };
    run_really(main());
}
