// server_limit_test.cpp: servers without descriptors. Not under a sanitizer: it needs some itself.
#include "real_world.hpp"

#include <sys/resource.h>
#include <unistd.h>

using namespace aio;
using namespace aio::testing;

TEST_CASE("a server without descriptors says so, waits a second, and accepts again (real)") {
    for (const std::string_view name : usable_selectors()) {
        SkippingClock clock;
        EventLoop loop({.clock = &clock, .selector = make_selector(name)});
        std::vector<std::string> log;
        const auto note = [&](const std::string& text) {
            log.push_back(std::to_string(clock.now().time_since_epoch() / 1ms) + " " + text);
        };
        rlimit before{};
        REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
        loop.set_exception_handler([&](const ErrorContext& context) {
            note(context.message + ": " + describe(context.error));
            ::setrlimit(RLIMIT_NOFILE, &before); // somebody has closed something
        });
        const ConnectionHandler greet = [&](StreamReader, StreamWriter writer) -> Coro<> {
            note("accepted");
            const Plan nothing;
            return send_plan(nothing, std::move(writer));
        };
        const auto main = [](ConnectionHandler handler, rlimit limit) -> Coro<> {
            Server server = co_await start_server(handler, "localhost", 0);
            const UniqueFd client = plain_client(server.port());
            const UniqueFd lowest_free(::dup(client.get()));
            limit.rlim_cur = static_cast<rlim_t>(lowest_free.get()) + 1;
            REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
            co_await sleep(10s);
        };
        loop.run_until_complete(main(greet, before));

        CHECK(log == Log{"0 a server cannot accept connections: accept: Too many open files",
                         "1000 accepted"});
    }
}

TEST_CASE("a server that closes while it waits for descriptors does not come back (real)") {
    SkippingClock clock;
    EventLoop loop({.clock = &clock, .selector = make_selector()});
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    std::vector<Server> servers;
    int reports = 0;
    loop.set_exception_handler([&](const ErrorContext&) {
        ++reports;
        ::setrlimit(RLIMIT_NOFILE, &before);
        servers.back().close();
    });
    const auto main = [](std::vector<Server>& out, rlimit limit) -> Coro<> {
        out.push_back(co_await start_server(echo, "localhost", 0));
        const UniqueFd client = plain_client(out.back().port());
        const UniqueFd lowest_free(::dup(client.get()));
        limit.rlim_cur = static_cast<rlim_t>(lowest_free.get()) + 1;
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
        co_await sleep(10s);
    };

    loop.run_until_complete(main(servers, before));

    CHECK(reports == 1);
}
