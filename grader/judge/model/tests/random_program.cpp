// random_program.cpp: how random programs are drawn.
#include "random_program.hpp"

#include <lab/draw.hpp>

#include <algorithm>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace lab::model;

class Drawing {
public:
    Drawing(std::uint64_t seed, Workers workers) : draw_(seed), workers_(workers) {}

    Program program() {
        with_jobs_ = workers_ == Workers::processes || draw_.chance(40);
        Body main = body(12, {});
        if (with_jobs_) {
            main.insert(main.begin(), pool("p1"));
        }
        if (draw_.chance(50)) { // or else the end of main cuts most of it
            main.push_back(sleep(ms{100}));
        }
        return Program(std::move(main));
    }

private:
    /// Where a step stands.
    struct Place {
        int depth = 0;
        std::string task = {}; ///< the task whose body it is; gather's children have no name
        bool callback = false; ///< cannot await
        bool handler = false;  ///< may reraise
    };

    Body body(int most, const Place& place) {
        Body steps{say(line())};
        for (int left = draw_.between(1, std::max(most, 1)); left > 0 && budget_ > 0; --left) {
            --budget_;
            steps.push_back(place.callback || draw_.chance(45) ? quick_step(place)
                                                               : waiting_step(place));
        }
        return steps;
    }

    Step quick_step(const Place& place) {
        if (with_jobs_ && draw_.chance(45)) {
            return step_with_workers(place);
        }
        switch (draw_.between(0, 12)) {
        case 0:
        case 1:
            return create(place);
        case 2:
            return call_soon(callback(place), new_callback());
        case 3:
        case 4:
            return call_later(delay(), callback(place), new_callback());
        case 5:
            return block(delay());
        case 6:
            return cancel_something(place);
        case 7:
            return create_future(new_future());
        case 8:
            return futures_.empty()   ? say(line())
                   : draw_.chance(75) ? set_result(draw_.pick(futures_), line())
                                      : set_exception(draw_.pick(futures_), line());
        case 9:
            return awaitable_.empty() ? say("{}")
                                      : on_done(draw_.pick(awaitable_), callback(place));
        case 10:
            return draw_.chance(30) ? call_without_await(coro("dropped", place))
                                    : say(line() + " {}");
        case 11:
            return place.handler && draw_.chance(50) ? reraise() : cancel_something(place);
        default:
            return draw_.chance(50) ? ending(place) : say("{}");
        }
    }

    Step ending(const Place& place) {
        if (draw_.chance(40)) {
            return fail(line());
        }
        if (draw_.chance(5)) {
            return draw_.chance(50) ? stop() : cancel("main");
        }
        return draw_.chance(20) && !place.callback ? nested_run(coro("inner", place))
                                                   : co_return_(line());
    }

    Step waiting_step(const Place& place) {
        switch (draw_.between(0, 9)) {
        case 0:
        case 1:
        case 2:
            return sleep(delay());
        case 3:
        case 4:
            return awaitable_.empty() ? sleep(delay()) : await(draw_.pick(awaitable_));
        case 5:
            return await(coro("called", place));
        case 6:
        case 7:
            return draw_.chance(80) ? gather(items(place)) : gather_settled(items(place));
        case 8:
            return draw_.chance(5) && !place.task.empty() ? await(place.task) : create(place);
        default:
            return attempted(place);
        }
    }

    Step create(const Place& place) {
        const std::string name = "t" + std::to_string(++last_task_);
        around_.push_back(name);
        Place inside{.depth = place.depth + 1, .task = name};
        Step step = create_task(name, {name, body(6 - inside.depth, inside)});
        around_.pop_back();
        awaitable_.push_back(name);
        return step;
    }

    Step attempted(const Place& place) {
        Place inside = place;
        ++inside.depth;
        inside.handler = false;
        Body tried = body(3, inside);
        const auto what = static_cast<Catch>(draw_.between(0, 2));
        inside.handler = true;
        return attempt(std::move(tried), what, body(2, inside));
    }

    Step cancel_something(const Place&) {
        std::vector<std::string> names = awaitable_;
        names.insert(names.end(), around_.begin(), around_.end());
        names.insert(names.end(), callbacks_.begin(), callbacks_.end());
        return names.empty() ? say(line()) : cancel(draw_.pick(names));
    }

    Step step_with_workers(const Place& place) {
        switch (draw_.between(0, 9)) {
        case 0:
            return pool(new_pool());
        case 1:
            return draw_.chance(40) ? call_soon_threadsafe(callback(place)) : signalling(place);
        case 2:
            return last_job_ == 0 ? submit(place)
                                  : cancel("j" + std::to_string(draw_.between(1, last_job_)));
        default:
            return submit(place);
        }
    }

    Step pool(const std::string& name) {
        return workers_ == Workers::threads ? thread_pool(name, draw_.between(1, 2))
                                            : process_pool(name, draw_.between(1, 2));
    }

    Step submit(const Place& place) {
        const std::string name = "j" + std::to_string(++last_job_);
        Body job;
        for (int left = draw_.between(0, 4); left > 0 && budget_ > 0; --left) {
            --budget_;
            job.push_back(job_step(place));
        }
        awaitable_.push_back(name);
        return run_in_executor(name, std::move(job), draw_.chance(20) ? "" : draw_.pick(pools_));
    }

    Step job_step(const Place& place) {
        switch (draw_.between(0, 8)) {
        case 0:
            return workers_ == Workers::threads ? call_soon_threadsafe(callback(place))
                                                : block(delay());
        case 1:
            return draw_.chance(50) ? fail(line()) : co_return_(line());
        case 2:
        case 3:
        case 4:
            return say(line());
        default:
            return block(delay());
        }
    }

    Step signalling(const Place& place) {
        const int signal = draw_.chance(70) ? SIGUSR1 : SIGUSR2;
        if (in_signal_handler_ == 0 && draw_.chance(60)) { // a handler that raises never ends
            return raise_at(ms{10 * draw_.between(0, 8)}, signal);
        }
        ++in_signal_handler_;
        Step step = on_signal(signal, callback(place));
        --in_signal_handler_;
        return step;
    }

    std::vector<Awaitable> items(const Place& place) {
        std::vector<Awaitable> list;
        for (int left = draw_.between(0, 3); left > 0; --left) {
            if (!awaitable_.empty() && draw_.chance(40)) {
                list.emplace_back(draw_.pick(awaitable_));
            } else {
                Place child{.depth = place.depth + 1};
                list.emplace_back(Coro{"child", body(3, child)});
            }
        }
        return list;
    }

    Coro coro(const std::string& name, const Place& place) {
        Place inside{.depth = place.depth + 1, .task = place.task};
        return {name, body(3, inside)};
    }

    Body callback(const Place& place) {
        return body(2, {.depth = place.depth + 1, .callback = true});
    }

    ms delay() { return ms{10 * draw_.between(0, 3)}; } // few values: ties are the rule
    std::string line() { return "line " + std::to_string(++last_line_); }
    std::string new_pool() {
        pools_.push_back("p" + std::to_string(pools_.size() + 1));
        return pools_.back();
    }
    std::string new_future() {
        futures_.push_back("f" + std::to_string(futures_.size() + 1));
        awaitable_.push_back(futures_.back());
        return futures_.back();
    }
    std::string new_callback() {
        if (draw_.chance(60)) {
            return {};
        }
        callbacks_.push_back("h" + std::to_string(callbacks_.size() + 1));
        return callbacks_.back();
    }

    lab::Draw draw_;
    int budget_ = 40; ///< steps that may still be drawn
    int last_line_ = 0;
    int last_task_ = 0;
    int last_job_ = 0;
    int in_signal_handler_ = 0;
    std::vector<std::string> awaitable_; ///< tasks and futures created before, in the text
    std::vector<std::string> futures_;
    const Workers workers_;
    bool with_jobs_ = false;
    std::vector<std::string> pools_{"p1"};
    std::vector<std::string> callbacks_;
    std::vector<std::string> around_; ///< the tasks inside whose bodies the drawing is
};

} // namespace

Program random_program(std::uint64_t seed, Workers workers) {
    return Drawing(seed, workers).program();
}
