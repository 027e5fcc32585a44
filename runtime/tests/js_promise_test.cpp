// js_promise_test.cpp: JavaScript's promises and async functions, turn by turn.
#include "js_world.hpp"

#include <doctest/doctest.h>

using namespace aio;
using aio::testing::JsWorld;
using aio::testing::Log;
using js::Promise;
using js::Resolution;

namespace {

/// A chain of `then`s beside what is tested: its lines count the turns.
void count_turns(JsWorld& world, int turns) {
    auto chain = Promise<>::resolve();
    for (int i = 1; i <= turns; ++i) {
        chain = chain.then([&world, i] { world.note(std::to_string(i)); });
    }
}

struct Seven { // a thenable
    JsWorld* world;
    void then(const js::Resolve<int>& resolve, const js::Reject& /*reject*/) const {
        world->note("then called");
        resolve(7);
    }
};

std::string joined(const std::vector<int>& numbers) {
    std::string text;
    for (const int number : numbers) {
        text += std::to_string(number) + " ";
    }
    return text;
}

} // namespace

TEST_CASE("a reaction of a settled promise costs one turn, after the caller is done") {
    JsWorld world;

    world.run_script([&] {
        Promise<int>::resolve(5).then([&](int v) { world.note("got " + std::to_string(v)); });
        count_turns(world, 1);
        world.note("end of script");
    });

    CHECK(world.log == Log{"0 end of script", "0 got 5", "0 1"});
}

TEST_CASE("two chains take turns") {
    JsWorld world;
    const auto chain = [&](const std::string& name) {
        Promise<>::resolve().then([&world, name] { world.note(name + "1"); }).then([&world, name] {
            world.note(name + "2");
        });
    };

    world.run_script([&] {
        chain("A");
        chain("B");
    });

    CHECK(world.log == Log{"0 A1", "0 B1", "0 A2", "0 B2"});
}

TEST_CASE("the executor runs at once; the first call of resolve or reject counts") {
    JsWorld world;

    world.run_script([&] {
        const Promise<int> promise([&](const auto& resolve, const auto& reject) {
            world.note("executor");
            resolve(1);
            resolve(2);
            reject(Error("too late"));
            throw Error("too late as well");
        });
        world.note("after");
        promise.then([&](int v) { world.note("got " + std::to_string(v)); });
        const Promise<int> failed([](const auto&, const auto&) { throw Error("in executor"); });
        failed.caught([&](const std::exception& e) {
            world.note(e.what());
            return 0;
        });
    });

    CHECK(world.log == Log{"0 executor", "0 after", "0 got 1", "0 in executor"});
}

TEST_CASE("resolving with a promise costs two turns more than with a value, also when it settles") {
    JsWorld world;

    world.run_script([&] {
        Promise<>::resolve().then([] { return Promise<int>::resolve(1); }).then([&](int) {
            world.note("adopted");
        });
        count_turns(world, 5);
    });

    CHECK(world.log == Log{"0 1", "0 2", "0 3", "0 adopted", "0 4", "0 5"});
}

TEST_CASE("a thenable is asked in a microtask of its own") {
    JsWorld world;

    world.run_script([&] {
        Promise<int>::resolve(Seven{&world}).then([&](int v) {
            world.note("got " + std::to_string(v));
        });
        count_turns(world, 3);
        world.note("end of script");
    });

    CHECK(world.log == Log{"0 end of script", "0 then called", "0 1", "0 got 7", "0 2", "0 3"});
}

TEST_CASE("Promise::resolve of a promise is that promise; resolving one with itself rejects it") {
    JsWorld world;

    world.run_script([&] {
        const auto made = Promise<int>::with_resolvers();
        CHECK(Promise<int>::resolve(made.promise) == made.promise);
        CHECK_FALSE(Promise<int>::resolve(1) == Promise<int>::resolve(1));
        made.resolve(made.promise);
        made.promise.then([](int) {},
                          [&](const std::exception_ptr& e) {
                              CHECK_THROWS_AS(std::rethrow_exception(e), js::TypeError);
                              world.note("rejected");
                          });
    });

    CHECK(world.log == Log{"0 rejected"});
}

TEST_CASE("an error skips to the next handler, which recovers") {
    JsWorld world;

    world.run_script([&] {
        Promise<int>::resolve(1)
            .then([](int) -> int { throw Error("oops"); })
            .then([&](int) -> int {
                world.note("never");
                return 0;
            })
            .caught([&](const std::exception& e) {
                world.note(std::string("caught ") + e.what());
                return 3;
            })
            .then([&](int v) { world.note("recovered " + std::to_string(v)); });
    });

    CHECK(world.log == Log{"0 caught oops", "0 recovered 3"});
}

TEST_CASE("an error that is no std::exception passes a handler of std::exceptions") {
    JsWorld world;

    world.run_script([&] {
        Promise<>::reject(std::make_exception_ptr(5))
            .caught([&](const std::exception&) { world.note("never"); })
            .caught([&](const std::exception_ptr&) { world.note("any error"); })
            .then([&] { world.note("recovered"); });
    });

    CHECK(world.log == Log{"0 any error", "0 recovered"});
}

TEST_CASE("finally passes on value and error, waits for its promise, and may replace by an error") {
    JsWorld world;
    const auto tell = [&](const std::exception& e) { world.note(e.what()); };

    world.run_script([&] {
        Promise<int>::resolve(1)
            .finally([&] {
                world.note("finally");
                return Promise<>([](const auto& resolve, const auto&) {
                    js::set_timeout([resolve] { resolve(); }, 5ms);
                });
            })
            .then([&](int v) { world.note("value " + std::to_string(v)); });
        Promise<>::reject(Error("first")).finally([] {}).caught(tell);
        Promise<>::reject(Error("first")).finally([] { throw Error("second"); }).caught(tell);
    });

    CHECK(world.log == Log{"0 finally", "0 second", "0 first", "5 value 1"});
}

TEST_CASE("all: the values in order of the elements, or the first error") {
    JsWorld world;

    world.run_script([&] {
        const auto late = Promise<int>::with_resolvers();
        js::set_timeout([late] { late.resolve(1); }, 5ms);
        Promise<int>::all({late.promise, 2, Seven{&world}}).then([&](const auto& all) {
            world.note(joined(all));
        });
        Promise<int>::all({}).then([&](const auto& all) { CHECK(all.empty()); });
        Promise<int>::all({Promise<int>::reject(Error("a")), Promise<int>::reject(Error("b"))})
            .then([](const auto&) {}, [&](const std::exception& e) { world.note(e.what()); });
    });

    CHECK(world.log == Log{"0 then called", "0 a", "5 1 2 7 "});
}

TEST_CASE("all_settled: every end, in order") {
    JsWorld world;

    world.run_script([&] {
        Promise<int>::all_settled({1, Promise<int>::reject(Error("oops"))})
            .then([&](const std::vector<js::Settled<int>>& ends) {
                CHECK(ends.size() == 2);
                CHECK(ends[0].value == 1);
                CHECK(ends[0].error == nullptr);
                CHECK_FALSE(ends[1].value.has_value());
                world.note(describe(ends[1].error));
            });
        Promise<>::all_settled({}).then([&](const auto& ends) { CHECK(ends.empty()); });
    });

    CHECK(world.log == Log{"0 oops"});
}

TEST_CASE("race: the first end; of nothing, never") {
    JsWorld world;

    world.run_script([&] {
        const auto never = Promise<int>::with_resolvers();
        Promise<int>::race({never.promise, 2, 3}).then([&](int v) {
            world.note("first " + std::to_string(v));
        });
        Promise<int>::race({never.promise, Promise<int>::reject(Error("oops")), 3})
            .then([](int) {}, [&](const std::exception& e) { world.note(e.what()); });
        Promise<int>::race({}).then([&](int) { world.note("never"); });
    });

    CHECK(world.log == Log{"0 first 2", "0 oops"});
}

TEST_CASE("any: the first value, or all the errors") {
    JsWorld world;
    const auto tell = [&](const std::exception_ptr& e) {
        try {
            std::rethrow_exception(e);
        } catch (const js::AggregateError& all) {
            std::string text = "errors:";
            for (const auto& error : all.errors) {
                text += " " + describe(error);
            }
            world.note(text);
        }
    };

    world.run_script([&] {
        Promise<int>::any({Promise<int>::reject(Error("a")), 2}).then([&](int v) {
            world.note("value " + std::to_string(v));
        });
        Promise<int>::any({Promise<int>::reject(Error("a")), Promise<int>::reject(Error("b"))})
            .then([](int) {}, tell);
        Promise<int>::any({}).then([](int) {}, tell);
    });

    CHECK(world.log == Log{"0 errors:", "0 value 2", "0 errors: a b"});
}

TEST_CASE("a rejection without a handler is reported once all microtasks have run, once") {
    JsWorld world;

    world.run_script([&] {
        Promise<>::reject(Error("nobody"));
        Promise<>::reject(Error("caught in time")).caught([] {});
        const auto by_microtask = Promise<>::reject(Error("also in time"));
        js::queue_microtask([by_microtask] { by_microtask.caught([] {}); });
        Promise<>::reject(Error("passed on")).then([] {}).then([] {});
        js::queue_microtask([&] { world.note("microtask"); });
        js::set_timeout([&] { world.note("timer"); }, 0ms);
    });

    CHECK(world.log == Log{"0 microtask", "0 unhandled promise rejection: nobody",
                           "0 unhandled promise rejection: passed on", "0 timer"});
}

TEST_CASE("a rejection handled late is told after the handler ran") {
    JsWorld world;

    world.run_script([&] {
        const auto promise = Promise<>::reject(Error("oops"));
        js::set_timeout(
            [&world, promise] {
                promise.caught([&world] { world.note("handler 1"); });
                promise.caught([&world] { world.note("handler 2"); });
            },
            5ms);
    });

    CHECK(world.log == Log{"0 unhandled promise rejection: oops", "5 handler 1", "5 handler 2",
                           "5 promise rejection handled late: oops"});
}

TEST_CASE(
    "what the exception handler queues when it is told of a rejection runs before the timer") {
    JsWorld world;
    world.loop.set_exception_handler([&](const ErrorContext& context) {
        js::queue_microtask([&world, text = context.message] { world.note(text); });
    });

    world.run_script([&] {
        Promise<>::reject(Error("nobody"));
        js::set_timeout([&] { world.note("timer"); }, 0ms);
    });

    CHECK(world.log == Log{"0 unhandled promise rejection", "0 timer"});
}

namespace {

Promise<> wait(duration delay) {
    return Promise<>([delay](const auto& resolve, const auto&) {
        js::set_timeout([resolve] { resolve(); }, delay);
    });
}

Promise<int> twice(JsWorld& world, Promise<int> of) {
    world.note("begins");
    const int value = co_await of;
    world.note("goes on");
    co_return 2 * value;
}

Promise<int> fails_at(JsWorld& world, int place) {
    if (place == 0) {
        throw Error("before the await");
    }
    try {
        co_await Promise<>::reject(Error("awaited"));
    } catch (const Error& e) {
        world.note(std::string("caught ") + e.what());
    }
    throw Error("after the await");
}

} // namespace

TEST_CASE("an async function begins at once; an await costs a turn, settled or not") {
    JsWorld world;

    world.run_script([&] {
        twice(world, Promise<int>::resolve(4)).then([&](int v) { world.note(std::to_string(v)); });
        js::queue_microtask([&] { world.note("microtask 1"); });
        world.note("end of script");
    });

    CHECK(world.log == Log{"0 begins", "0 end of script", "0 goes on", "0 microtask 1", "0 8"});
}

TEST_CASE("an async function that throws rejects its promise, before its first await too") {
    JsWorld world;
    const auto tell = [&](const std::exception& e) {
        world.note(e.what());
        return 0;
    };

    world.run_script([&] {
        fails_at(world, 0).caught(tell);
        fails_at(world, 1).caught(tell);
        fails_at(world, 0);
    });

    CHECK(world.log == Log{"0 before the await", "0 caught awaited", "0 after the await",
                           "0 unhandled promise rejection: before the await"});
}

TEST_CASE("returning a promise costs two turns more than returning its value") {
    JsWorld world;
    struct Functions {
        static Promise<int> value() { co_return 1; }
        static Promise<int> promise() { co_return Promise<int>::resolve(1); }
    };

    world.run_script([&] {
        Functions::promise().then([&](int) { world.note("promise"); });
        Functions::value().then([&](int) { world.note("value"); });
        count_turns(world, 4);
    });

    CHECK(world.log == Log{"0 value", "0 1", "0 2", "0 promise", "0 3", "0 4"});
}

TEST_CASE("awaits of a thenable, and of what takes time") {
    JsWorld world;
    struct Functions {
        static Promise<> all(JsWorld& world) {
            const int seven = co_await Resolution<int>(Seven{&world});
            world.note(std::to_string(seven));
            co_await wait(5ms);
            world.note("waited");
        }
    };

    world.run_script([&] { Functions::all(world); });

    CHECK(world.log == Log{"0 then called", "0 7", "5 waited"});
}

TEST_CASE("a hundred thousand awaits use no stack, and neither does the way back from the depth") {
    JsWorld world;
    struct Functions {
        static Promise<int> count(int turns) {
            int sum = 0;
            for (int i = 0; i < turns; ++i) {
                sum += co_await Promise<int>::resolve(1);
            }
            co_return sum;
        }
        static Promise<int> deep(int left) {
            if (left == 0) {
                co_return 0;
            }
            co_return 1 + co_await deep(left - 1); // in a ?: g++ 12 would call deep() either way
        }
    };

    world.run_script([&] {
        Functions::count(100'000).then([&](int sum) { world.note(std::to_string(sum)); });
        Functions::deep(100).then([&](int depth) { world.note(std::to_string(depth)); });
    });

    CHECK(world.log == Log{"0 100", "0 100000"});
}

TEST_CASE("what waits for a promise that nobody can settle is freed, at the latest by close()") {
    const auto held = std::make_shared<int>();
    struct Functions {
        static Promise<> forever(std::shared_ptr<int> /*held*/, Promise<> promise) {
            co_await promise; // the function's own copy makes a circle
        }
        static Promise<> never() { return Promise<>::with_resolvers().promise; }
        static Promise<> alone(std::shared_ptr<int> /*held*/) { co_await never(); }
    };
    JsWorld world;

    world.loop.call_soon([&] {
        Functions::alone(held);
        CHECK(held.use_count() == 1); // at once
        Functions::forever(held, Functions::never());
        const auto circle = Promise<>::with_resolvers();
        circle.promise.then([circle, held] {});
        CHECK(held.use_count() == 3);
        world.loop.stop();
    });
    world.loop.run_forever();
    world.loop.close();

    CHECK(held.use_count() == 1);
}

TEST_CASE("a promise may outlive its loop") {
    std::optional<Promise<int>::Deferred> made;
    {
        JsWorld world;
        world.run_script([&] { made = Promise<int>::with_resolvers(); });
    }
    CHECK_THROWS_AS(made->promise.then([](int) {}), Error);
}
