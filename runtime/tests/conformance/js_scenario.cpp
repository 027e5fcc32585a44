// js_scenario.cpp: one run of a JavaScript scenario: its clock, its tasks, its trace.
#include "js_scenario.hpp"

#include "js_interpreter.hpp"

#include <algorithm>

namespace conformance::js {
namespace {

constexpr int max_lines = 20000;
constexpr int max_tasks = 20000;

} // namespace

Interpreter::Interpreter(const Json& scenario)
    : scenario_(scenario), top_(below(nullptr)), loop_({.clock = &clock_, .selector = nullptr}) {
    if (scenario.contains("vars")) {
        for (const auto& [name, value] : scenario["vars"].items()) {
            top_->vars[name] = evaluate(value, *top_);
        }
    }
    loop_.set_exception_handler([this](const aio::ErrorContext& context) { report(context); });
}

std::string Interpreter::run() {
    loop_.call_soon([this] { run_steps(scenario_.at("main"), below(top_)); });
    try {
        loop_.run_forever();
    } catch (const aio::DeadlockError&) { // no timer, no frame: nothing is left to run
        finish("end");
    }
    if (bad_) {
        std::rethrow_exception(bad_);
    }
    return lines_;
}

void Interpreter::log(const std::string& label) {
    if (dead_) {
        return;
    }
    std::string line = std::to_string(now_) + " " + label;
    line.erase(line.find_last_not_of(" \t\n\r") + 1);
    lines_ += line + "\n";
    if (++line_count_ >= max_lines) {
        finish("overrun");
    }
}

void Interpreter::finish(const std::string& label) {
    if (!dead_) {
        lines_ += std::to_string(now_) + " " + label + "\n";
        dead_ = true;
        loop_.stop();
    }
}

Interpreter::Function Interpreter::as_task(Function callback) {
    return [this, callback = std::move(callback)] {
        if (++tasks_ > max_tasks) {
            finish("overrun"); // at the time of the task before
        }
        if (!dead_) {
            now_ = std::chrono::duration_cast<aio::ms>(loop_.time().time_since_epoch()).count();
            callback();
        }
    };
}

Interpreter::Timer Interpreter::add_timer(std::int64_t delay, Function callback, bool repeats) {
    const aio::ms wait{std::max<std::int64_t>(delay, 1)}; // as Node does
    auto task = as_task(std::move(callback));
    return {repeats ? aio::js::set_interval(std::move(task), wait)
                    : aio::js::set_timeout(std::move(task), wait),
            repeats};
}

void Interpreter::remember_bad(const std::exception_ptr& error) {
    if (!bad_) {
        bad_ = error;
    }
    dead_ = true;
    loop_.stop();
}

void Interpreter::report(const aio::ErrorContext& context) {
    try {
        if (context.message == aio::js::handled_rejection_late) {
            log("!handled-late");
        } else if (context.message == aio::js::unhandled_rejection) {
            log("!unhandled " + print(value_of(context.error)));
        } else {
            log("!uncaught " + print(value_of(context.error)));
        }
    } catch (...) { // a bad scenario, or an exception that none can contain
        remember_bad(std::current_exception());
    }
}

} // namespace conformance::js

std::string run_js_scenario(const nlohmann::json& scenario) {
    return conformance::js::Interpreter(scenario).run();
}
