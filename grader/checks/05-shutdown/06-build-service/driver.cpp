// driver.cpp: the given functions, and five acts with a service each.
#include "script.hpp"

#include "params.hpp"

#include <csignal>
#include <functional>
#include <vector>

using Pool = std::shared_ptr<aio::ThreadPool>;

namespace exercise {
namespace {

/// What is open in the act that runs, and how it is to behave.
struct Stage {
    Params p;
    AnyService* service = nullptr;
    std::function<void(int)> accept;
    bool listening = false;
    bool pool_open = false;
    bool given_up = false; ///< a call did not return
    bool pool_fails = false, listener_fails = false;
    std::vector<aio::Task<>> calls;
} stage;

/// Says a line with the state of the service in front of it.
void tell(const std::string& text) { aio::say("{}: {}", stage.service->state(), text); }

aio::Coro<> clean_up(std::string name, Time span) {
    try {
        co_await aio::sleep(span);
    } catch (const aio::CancelledError&) {
        tell(name + " drops everything");
        throw;
    }
}

const Request& request_of(int number) {
    const auto& evening = stage.p.requests;
    const auto place = static_cast<std::size_t>(number) - 1;
    return place < evening.size() ? evening[place] : stage.p.guest;
}

aio::Coro<> work_on(Request request, Pool pool) {
    co_await aio::sleep(request.wait);
    if (pool == nullptr) {
        throw aio::Error("there is no pool");
    }
    co_await aio::get_running_loop().run_in_executor(
        pool.get(), [work = request.work] { aio::block_for(work); });
}

// Not the runtime's: a signal that nobody handles would end the program.
void unheard(int) { aio::say("nobody hears the signal"); }

} // namespace
} // namespace exercise

aio::Coro<Pool> open_pool() {
    auto& stage = exercise::stage;
    co_await aio::sleep(stage.p.house.pool);
    if (stage.pool_fails) {
        exercise::tell("pool fails");
        throw aio::Error("no more threads");
    }
    stage.pool_open = true;
    exercise::tell("pool open");
    co_return std::make_shared<aio::ThreadPool>(4);
}

aio::Coro<> close_pool(Pool pool) {
    if (pool != nullptr) {
        pool->shutdown(false); // no new jobs, from now on
        const auto wait = [pool] { pool->shutdown(); };
        co_await aio::to_thread(wait); // by name: g++ 12 destroys a lambda in there twice
    }
    exercise::stage.pool_open = false;
    exercise::tell("pool empty");
}

aio::Coro<> background(std::string name) {
    std::exception_ptr asked;
    try {
        co_await aio::get_running_loop().create_future<void>(); // works until somebody asks it
    } catch (const aio::CancelledError&) {
        asked = std::current_exception();
    }
    const auto& house = exercise::stage.p.house;
    co_await exercise::clean_up(name, name == "clock" ? house.clock : house.cleaner);
    exercise::tell(name + " closed");
    std::rethrow_exception(asked);
}

void on_request(std::function<void(int request)> accept) {
    exercise::stage.accept = std::move(accept);
}

aio::Coro<> open_listener() {
    auto& stage = exercise::stage;
    co_await aio::sleep(stage.p.house.listener);
    if (stage.listener_fails) {
        exercise::tell("listener fails");
        throw aio::Error("the address is in use");
    }
    stage.listening = true;
    exercise::tell("listener open");
}

void close_listener() {
    exercise::stage.listening = false;
    exercise::tell("listener closed");
}

aio::Coro<> answer(int number, Pool pool) {
    const std::string name = "request " + std::to_string(number);
    std::exception_ptr error;
    try {
        co_await exercise::work_on(exercise::request_of(number), pool);
    } catch (...) {
        error = std::current_exception();
    }
    if (aio::holds<aio::CancelledError>(error)) {
        co_await exercise::clean_up(name, exercise::stage.p.house.sorry);
        exercise::tell(name + " cut off");
        std::rethrow_exception(error);
    }
    exercise::tell(name + (error ? " finds the pool closed" : " answered"));
}

namespace exercise {

aio::Coro<> call(std::string name, aio::Coro<> method) {
    try {
        co_await method;
        aio::say("{} returned", name);
    } catch (const aio::CancelledError&) {
        if (!stage.given_up) {
            aio::say("{} threw: cancelled", name);
        }
    } catch (...) {
        aio::say("{} threw: {}", name, aio::describe(std::current_exception()));
    }
}

void call_start() {
    tell("start is called");
    stage.calls.push_back(aio::create_task(call("start", stage.service->start())));
}

void call_stop() {
    tell("stop is called");
    stage.calls.push_back(aio::create_task(call("stop", stage.service->stop())));
}

void call_serve_until() {
    stage.calls.push_back(
        aio::create_task(call("serve_until", stage.service->serve_until(stage.p.signo))));
}

void signal_at(Time when) {
    auto& loop = aio::get_running_loop();
    loop.arrive_at(aio::time_point(when), [] { tell("signal " + std::to_string(stage.p.signo)); });
    loop.raise_at(aio::time_point(when), stage.p.signo);
}

void come(int number) {
    const std::string name = "request " + std::to_string(number);
    tell(name + (stage.listening ? " comes" : " refused"));
    if (stage.listening && stage.accept) {
        stage.accept(number);
    }
}

aio::Coro<> sleep_until(Time when) {
    if (aio::now() < when) {
        co_await aio::sleep(when - aio::now());
    }
}

/// Waits until all calls have returned. A loop that listens for signals waits for ever, so there
/// is a limit, which no service needs.
aio::Coro<> all_returned() {
    const auto calls = co_await aio::wait(stage.calls, aio::When::all_completed, 3s);
    if (!calls.pending.empty()) {
        tell("somebody waits for ever");
        stage.given_up = true;
    }
}

/// Says what is left when all calls have returned.
aio::Coro<> end_act() {
    co_await all_returned();
    if (stage.given_up) {
        co_return;
    }
    stage.calls.clear();
    co_await aio::sleep(10ms); // whoever has nothing left to do has ended by then
    std::string left;
    const auto tasks = aio::all_tasks().size() - 1; // this one is not meant
    const auto add = [&left](bool there, const std::string& what) {
        left += there ? (left.empty() ? " " : ", ") + what : "";
    };
    add(tasks > 0, std::to_string(tasks) + (tasks == 1 ? " task" : " tasks"));
    add(stage.pool_open, "the pool");
    add(stage.listening, "the listener");
    add(aio::get_running_loop().remove_signal_handler(stage.p.signo), "the signal handler");
    tell("left:" + (left.empty() ? " nothing" : left));
}

aio::Coro<> evening() {
    const Params p = stage.p;
    for (const Request& request : p.requests) {
        aio::get_running_loop().call_later(request.at, [number = request.number] { come(number); });
    }
    signal_at(p.signal);
    signal_at(p.again);
    call_serve_until();
    co_await sleep_until(p.requests.back().at);
    co_await end_act();
}

aio::Coro<> failing() {
    const Params p = stage.p;
    co_await sleep_until(p.failing_at);
    call_serve_until();
    co_await aio::sleep(p.other_start);
    call_start();
    co_await aio::sleep(10ms);
    call_stop();
    co_await end_act();
}

aio::Coro<> calls() {
    const Params p = stage.p;
    co_await sleep_until(p.calls_at);
    auto& loop = aio::get_running_loop();
    signal_at(aio::now() + p.early_signal);
    loop.call_later(p.other_start, call_start);
    loop.call_later(p.early_stop, call_stop);
    loop.call_later(p.late_stop, call_stop);
    call_serve_until();
    co_await aio::sleep(p.late_stop + 10ms);
    co_await all_returned();
    if (!stage.given_up) {
        call_start();
        call_stop();
        co_await end_act();
    }
}

aio::Coro<> unborn() {
    co_await sleep_until(stage.p.unborn_at);
    call_stop();
    co_await aio::sleep(10ms);
    call_start();
    co_await end_act();
}

aio::Coro<> quiet() {
    const Params p = stage.p;
    co_await sleep_until(p.quiet_at);
    call_start();
    co_await sleep_until(p.quiet_at + p.guest.at);
    come(p.guest.number);
    co_await sleep_until(p.quiet_at + p.quiet_stop);
    call_stop();
    co_await end_act();
}

using Services = std::vector<std::unique_ptr<AnyService>>;

aio::Coro<> play(Services& services, MakeService make) {
    std::signal(stage.p.signo, unheard);
    for (auto* act : {evening, failing, calls, unborn, quiet}) {
        services.push_back(make(stage.p.grace));
        stage.service = services.back().get();
        stage.pool_open = stage.listening = false;
        stage.accept = nullptr;
        stage.pool_fails = act == failing && stage.p.pool_fails;
        stage.listener_fails = act == failing && !stage.p.pool_fails;
        co_await act();
        if (stage.given_up) {
            co_return;
        }
    }
}

void run_script(std::uint64_t seed, MakeService make) {
    stage.p = draw(seed);
    Services services; // they outlive the loop: tasks that a wrong one leaves behind may use it
    aio::run(play(services, make));
}

} // namespace exercise
