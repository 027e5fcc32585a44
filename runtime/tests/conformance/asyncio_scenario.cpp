// asyncio_scenario.cpp: a whole run: the loop is filled, runs, and what is left is reported.
#include "asyncio_scenario.hpp"

#include "asyncio_interpreter.hpp"

#include <stdexcept>

namespace conformance {
namespace {

constexpr int most_lines = 20000;
constexpr std::uint64_t most_iterations = 20000;

/// What the runtime would print to standard error, the trace shows; this is who writes it there.
thread_local std::function<void(const std::string&)> tell;

/// Returns: what describe() made of an error, as a trace shows it.
std::string printed_again(std::string_view described) {
    if (!described.starts_with("cancelled")) {
        return std::string(described);
    }
    const auto colon = described.find(": ");
    return printed("CancelledError", colon != described.npos
                                         ? std::string(described.substr(colon + 2))
                                         : std::string());
}

void hear_warning(std::string_view code, std::string_view text) {
    if (code == "slow_callback" && tell) {
        std::string number;
        for (const char c : text) {
            number += c >= '0' && c <= '9' ? std::string(1, c) : "";
        }
        tell("!slow " + number);
    } else if (code == "exception_in_callback" && tell) { // the scenario's own handler has failed
        tell("!handler " + printed_again(text.substr(text.find(": ") + 2)));
    }
}

std::string kind_of(const aio::ErrorContext& context) {
    return context.message == "exception in callback"                      ? "callback"
           : context.message.find("run() was ending") != std::string::npos ? "shutdown"
                                                                           : "other";
}

} // namespace

Interpreter::Interpreter(const Json& scenario, bool ticks) : scenario_(scenario), ticks_(ticks) {
    aio::set_warning_target(&hear_warning);
    tell = [this](const std::string& label) { log(label); };
    loop_.set_debug(false);
    loop_.set_exception_handler([this](const auto& context) { handle_error(context); });
    loop_.set_task_hook(
        [this](const aio::AnyTask& task) { created_.push_back({task.name(), task.ref(), true}); });
    const Json vars = scenario.value("vars", Json::object());
    for (const auto& [name, value] : vars.items()) {
        top_->set(name, to_value(value));
    }
    const Json objects = scenario.value("objects", Json::object());
    for (const auto& [name, description] : objects.items()) {
        make_object(name, description);
    }
}

Interpreter::~Interpreter() { // nothing after this point is seen
    tell = nullptr;
    loop_.close();
    for (const Created& one : created_) {
        one.future->retrieved = true;
    }
    callbacks_.clear();
    handler_.reset();
    aio::set_warning_target([](std::string_view, std::string_view) {});
}

void Interpreter::make_object(const std::string& name, const Json& description) {
    const std::string type = description.at("type");
    const int value = description.value("value", 1);
    const auto maxsize = description.value("maxsize", std::size_t{0});
    if (type == "future") {
        const Future made = loop_.create_future<Value>();
        bind(name, made);
        created_.push_back({name, made.ref(), false});
    } else if (type == "condition" && description.contains("lock")) {
        bind(name, aio::Condition(as<aio::Lock>(description["lock"], *top_)));
    } else if (type == "executor") {
        const auto workers = description.value("workers", std::int64_t{1});
        bind(name, std::make_shared<Pool>(world_, loop_, workers));
    } else {
        bind(name, type == "event"               ? Object(aio::Event())
                   : type == "lock"              ? Object(aio::Lock())
                   : type == "semaphore"         ? Object(aio::Semaphore(value))
                   : type == "bounded_semaphore" ? Object(aio::BoundedSemaphore(value))
                   : type == "condition"         ? Object(aio::Condition())
                   : type == "queue"             ? Object(aio::Queue<Value>(maxsize))
                   : type == "lifo_queue"        ? Object(aio::LifoQueue<Value>(maxsize))
                   : type == "priority_queue"    ? Object(aio::PriorityQueue<Value>(maxsize))
                                                 : (bad_scenario("object " + type), Object()));
    }
}

void Interpreter::log(const std::string& label) {
    std::string line = std::to_string(loop_.time().time_since_epoch() / aio::ms(1));
    line += (ticks_ ? "@" + std::to_string(loop_.turn()) : "") + " " + label;
    line.erase(line.find_last_not_of(" \t\r\n") + 1);
    trace_ += line + "\n";
    if (++lines_ == most_lines) {
        throw Stop("overrun");
    }
}

void Interpreter::guard_against_overrun() const {
    if (loop_.turn() > most_iterations) {
        throw Stop("overrun");
    }
}

void Interpreter::handle_error(const aio::ErrorContext& context) {
    if (!handler_) {
        log("!" + kind_of(context) + " " + printed(context.error));
        return;
    }
    const auto [steps, outer] = *handler_;
    const auto scope = std::make_shared<Scope>(outer);
    scope->set("error", context.error);
    scope->set("kind", kind_of(context));
    run_plain(*steps, scope);
}

std::string Interpreter::run() {
    std::exception_ptr stop;
    try {
        scenario_.contains("driver") ? run_driver() : run_main();
        report_leftovers();
    } catch (const Stop& over) {
        lines_ = 0;
        log(over.why);
    } catch (const aio::DeadlockError&) {
        log("deadlock");
    }
    return trace_;
}

void Interpreter::run_driver() {
    std::exception_ptr error;
    try {
        run_plain(scenario_.at("driver"), top_);
    } catch (...) {
        error = std::current_exception();
    }
    if (is_stop(error)) {
        std::rethrow_exception(error);
    }
    log(error ? "end ! " + printed(error) : "end");
}

void Interpreter::run_main() {
    std::exception_ptr error;
    Value value;
    try {
        value =
            run_to_the_end(run_body(scenario_.at("main"), std::make_shared<Scope>(top_)), "main");
    } catch (...) {
        error = std::current_exception();
    }
    if (is_stop(error)) {
        std::rethrow_exception(error);
    }
    log(error ? "main ! " + printed(error) : "main -> " + value.printed());
}

// What aio::run does, on a loop that exists already.
Value Interpreter::run_to_the_end(Coro<Value> main, const std::string& name) {
    aio::detail::refuse_nested_run();
    const Task task = loop_.create_task(std::move(main), name);
    bind(name, task);
    std::exception_ptr error;
    Value value;
    try {
        value = loop_.run_until_complete(static_cast<const Future&>(task));
    } catch (...) {
        error = std::current_exception();
    }
    if (!is_stop(error)) {
        aio::detail::shut_down(loop_);
    }
    if (error) {
        std::rethrow_exception(error);
    }
    return value;
}

void Interpreter::report_leftovers() {
    for (const Created& one : created_) {
        const auto& future = *one.future;
        if (one.is_task && !future.done()) {
            log("!pending " + one.name);
        } else if (future.status == aio::detail::FutureStatus::failed && !future.retrieved) {
            log("!never-retrieved " + one.name + " " + printed(future.error));
        }
    }
}

} // namespace conformance

std::string run_asyncio_scenario(const nlohmann::ordered_json& scenario, bool ticks) {
    return conformance::Interpreter(scenario, ticks).run();
}
