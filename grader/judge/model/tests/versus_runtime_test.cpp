// versus_runtime_test.cpp: 10,000 random programs, line by line: the model with all switches off
// against the runtime.
//
// Neither shares code with the other, so a difference is a mistake in one of them. A differing
// program is cut down to a small one before it is shown.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "model/model.hpp"

#include <aio/aio.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace lab::model;
using namespace std::chrono_literals;
using Op = Step::Op;

namespace {

/// The same programs on the real runtime, through its public names only.
struct World {
    const Program& program;
    std::map<std::string, aio::Task<std::string>> tasks;
    std::map<std::string, aio::Future<>> futures;
    Outcome outcome;

    void speak(const std::string& text) {
        const auto now = aio::get_running_loop().time().time_since_epoch();
        outcome.lines.push_back({std::chrono::duration_cast<ms>(now), text});
    }
};

aio::Coro<std::string> run_function(World& world, const Body& body);

bool simple_step(World& world, const Step& step, const std::vector<std::string>& results) {
    aio::EventLoop& loop = aio::get_running_loop();
    const auto callback = [&world, &step] {
        for (const Step& inner : step.body) {
            simple_step(world, inner, {});
        }
    };
    switch (step.op) {
    case Op::say:
        world.speak(step.text);
        return true;
    case Op::say_results: {
        std::string list;
        for (const auto& result : results) {
            list += (list.empty() ? "" : ", ") + result;
        }
        world.speak(step.text + " [" + list + "]");
        return true;
    }
    case Op::block:
        aio::block_for(step.delay);
        return true;
    case Op::create:
        world.tasks[step.name] =
            aio::create_task(run_function(world, world.program.functions.at(step.text)));
        return true;
    case Op::cancel:
        world.tasks.contains(step.name) ? world.tasks.at(step.name).cancel()
                                        : world.futures.at(step.name).cancel();
        return true;
    case Op::soon:
        loop.call_soon(callback);
        return true;
    case Op::later:
        loop.call_later(step.delay, callback);
        return true;
    case Op::future:
        world.futures[step.name] = loop.create_future();
        return true;
    case Op::complete:
        if (!world.futures.at(step.name).done()) {
            world.futures.at(step.name).set_result();
        }
        return true;
    default:
        return false;
    }
}

aio::Coro<std::vector<std::string>> run_gather(World& world, const Step& step) {
    std::vector<aio::Future<std::string>> items;
    for (const std::string& item : step.items) {
        items.push_back(world.tasks.contains(item) ? world.tasks.at(item)
                                                   : aio::create_task(run_function(
                                                         world, world.program.functions.at(item))));
    }
    co_return co_await aio::gather(std::move(items));
}

/// Returns: what co_return gave, if one was met.
aio::Coro<std::optional<std::string>> run_steps(World& world, const Body& body,
                                                std::vector<std::string>& results) {
    for (const Step& step : body) {
        if (simple_step(world, step, results)) {
            continue;
        }
        bool caught = false;
        std::optional<std::string> given;
        switch (step.op) {
        case Op::sleep:
            co_await aio::sleep(step.delay);
            break;
        case Op::await:
            if (world.tasks.contains(step.name)) {
                co_await world.tasks.at(step.name);
            } else {
                co_await world.futures.at(step.name);
            }
            break;
        case Op::call:
            co_await run_steps(world, world.program.functions.at(step.text),
                               results); // results are the task's
            break;
        case Op::gather:
            results.clear();
            results = co_await run_gather(world, step);
            break;
        case Op::attempt:
            try {
                given = co_await run_steps(world, step.body, results);
            } catch (...) {
                caught = true;
            }
            if (caught) {
                given = co_await run_steps(world, step.handler, results);
            }
            if (given) {
                co_return given;
            }
            break;
        case Op::give:
            co_return step.text;
        case Op::fail:
            throw aio::Error(step.text);
        default:
            FAIL("a step that this test does not draw");
        }
    }
    co_return std::nullopt;
}

aio::Coro<std::string> run_function(World& world, const Body& body) {
    std::vector<std::string> results;
    co_return (co_await run_steps(world, body, results)).value_or("");
}

Outcome run_on_runtime(const Program& program) {
    aio::VirtualClock clock;
    aio::set_default_clock(&clock);
    World world{program, {}, {}, {}};
    try {
        aio::run(run_function(world, program.main));
    } catch (const aio::DeadlockError&) {
        world.outcome.end = "deadlock";
    } catch (const aio::CancelledError&) {
        world.outcome.end = "cancelled";
    } catch (const std::exception& error) {
        world.outcome.end = std::string("error: ") + error.what();
    }
    aio::set_default_clock(nullptr);
    return world.outcome;
}

/// Draws a program: functions that call only later ones, and a main that first makes the names that
/// all may use.
class Drawing {
public:
    explicit Drawing(unsigned seed) : random_(seed) {}

    Program program() {
        Program drawn;
        for (int i = functions_ - 1; i >= 0; --i) {
            drawn.functions["f" + std::to_string(i)] = body(i + 1, 4, 2);
        }
        drawn.main = {future("p0"), future("p1")};
        for (int i = 0; i < tasks_; ++i) {
            drawn.main.push_back(create("t" + std::to_string(i), function(0)));
        }
        const Body rest = body(0, 6, 2);
        drawn.main.insert(drawn.main.end(), rest.begin(), rest.end());
        return drawn;
    }

private:
    int upto(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    std::string function(int from) { return "f" + std::to_string(from + upto(functions_ - from)); }
    std::string task() { return "t" + std::to_string(upto(tasks_)); }
    std::string promise() { return "p" + std::to_string(upto(2)); }
    std::string word() { return "line " + std::to_string(++words_); }
    ms delay() { return ms{10 * upto(4)}; } // few values: many ties

    Body body(int from, int length, int depth) {
        Body steps;
        for (int i = upto(length) + 1; i > 0; --i) {
            steps.push_back(step(from, depth));
        }
        return steps;
    }
    Body callback() {
        Body steps{say(word())};
        const int dice = upto(4);
        if (dice == 0) {
            steps.push_back(cancel(task()));
        } else if (dice == 1) {
            steps.push_back(complete(promise()));
        } else if (dice == 2) {
            steps.push_back(soon({say(word())}));
        }
        return steps;
    }
    Step step(int from, int depth) {
        switch (upto(16)) {
        case 0:
        case 1:
        case 2:
            return sleep(delay());
        case 3:
            return block(delay());
        case 4:
            return await(upto(4) == 0 ? promise() : task());
        case 5:
            return from < functions_ ? call(function(from)) : say(word());
        case 6:
            return from < functions_ ? gather({function(from), function(from)})
                                     : say_results(word());
        case 7:
            return gather({task(), task()});
        case 8:
            return cancel(upto(3) == 0 ? promise() : task());
        case 9:
            return soon(callback());
        case 10:
            return later(delay(), callback());
        case 11:
            return complete(promise());
        case 12:
            return depth > 0 ? attempt(body(from, 3, depth - 1), body(from, 2, depth - 1))
                             : say(word());
        case 13:
            return upto(2) == 0 ? give(word()) : fail(word());
        default:
            return say(word());
        }
    }

    static constexpr int functions_ = 4;
    static constexpr int tasks_ = 3;
    std::mt19937 random_;
    int words_ = 0;
};

bool agree(const Program& program) {
    Outcome predicted = run(program);
    predicted.warnings.clear();
    return predicted == run_on_runtime(program);
}

/// Drops steps as long as the two still differ.
Program shrunk(Program program) {
    for (bool smaller = true; smaller;) {
        smaller = false;
        std::vector<Body*> bodies{&program.main};
        for (auto& [name, body] : program.functions) {
            bodies.push_back(&body);
        }
        for (Body* body : bodies) {
            for (std::size_t i = body->size(); i-- > 0;) {
                const Step dropped = (*body)[i];
                body->erase(body->begin() + static_cast<std::ptrdiff_t>(i));
                bool still = false;
                try {
                    still = !agree(program);
                } catch (const std::exception&) { // a name is missing now
                }
                if (still) {
                    smaller = true;
                } else {
                    body->insert(body->begin() + static_cast<std::ptrdiff_t>(i), dropped);
                }
            }
        }
    }
    return program;
}

std::string to_text(const Outcome& outcome) {
    std::string text;
    for (const auto& line : outcome.lines) {
        text += "  [" + std::to_string(line.at.count()) + "] " + line.text + "\n";
    }
    return text + "  end: " + outcome.end + "\n";
}

} // namespace

TEST_CASE("10,000 random programs print the same on the model and on the runtime") {
    std::FILE* quiet =
        std::freopen("/dev/null", "w", stderr); // errors that nobody collects are reported there
    REQUIRE(quiet != nullptr);
    int lines = 0;
    int ends = 0;

    for (unsigned seed = 1; seed <= 10'000; ++seed) {
        const Program program = Drawing(seed).program();
        if (!agree(program)) {
            const Program small = shrunk(program);
            FAIL("seed " << seed << "\n"
                         << lab::model::to_text(small) << "model\n"
                         << to_text(run(small)) << "runtime\n"
                         << to_text(run_on_runtime(small)));
        }
        const Outcome outcome = run(program);
        lines += static_cast<int>(outcome.lines.size());
        ends += outcome.end == "ok" ? 1 : 0;
    }

    CHECK(lines > 30'000); // programs that print nothing prove nothing
    CHECK(ends > 1'000);
    CHECK(ends < 9'000);
}
