// lab_test.cpp: say() and the lab's clock.
#include <aio/lab.hpp>
#include <doctest/doctest.h>

#include <limits>

using namespace aio;

namespace {

std::string said;

struct Listening {
    Listening() {
        said.clear();
        set_say_target([](time_point when, std::string_view text) {
            said += std::to_string(when.time_since_epoch() / 1ms) + " " + std::string(text) + "\n";
        });
    }
    ~Listening() { set_say_target(nullptr); }
};

} // namespace

TEST_CASE("say() fills in its arguments and stamps the line with the loop's time") {
    const Listening listening;
    VirtualClock clock;
    EventLoop loop({.clock = &clock, .selector = nullptr});

    const auto main = []() -> Coro<> {
        const std::string name = "soup";
        say("{} is {}", name, "hot");
        co_await sleep(1500ms);
        say("{} {} {:.2f} {{}} {}", 3, true, 2.0 / 3.0, now().count());
    };
    loop.run_until_complete(main());

    CHECK(said == "0 soup is hot\n1500 3 true 0.67 {} 1500\n");
}

TEST_CASE("say() writes the largest numbers in full") {
    const Listening listening;

    say("{}", std::numeric_limits<std::uint64_t>::max());
    say("{:.1f}", 1e100);

    CHECK(said.find(" 18446744073709551615\n") != said.npos);
    CHECK(said.ends_with("815104.0\n"));
}

TEST_CASE("say() says what is wrong with its format") {
    CHECK_THROWS_WITH(say("{}"), "say(\"{}\"): more {} than arguments");
    CHECK_THROWS_WITH(say("x", 1), "say(\"x\"): more arguments than {}");
    CHECK_THROWS_AS(say("{:x}", 1), Error);
    CHECK_THROWS_WITH(say("{:.1f}", 3),
                      "say(): {:.1f} needs a number with a fraction, but this value is an integer");
    CHECK_THROWS_WITH(say("{:.2f}", "3"),
                      "say(): {:.2f} needs a number with a fraction, but this value is a text");
}
