// harness.cpp: main() of an exercise program: runs the driver on a fresh clock and tells what
// happened.
#include "channel.hpp"
#include "leftover.hpp"

#include <aio/lab.hpp>

#include <cstdio>
#include <mutex>

extern "C" void lab_entry(std::uint64_t seed);

namespace {

constexpr std::uint64_t runaway_turns = 100'000; // without time moving: nobody needs so many
constexpr std::uint64_t most_events = 200'000;   // a trace is for reading; a flood of it is cut

/// Writes the runtime's events to the channel, as the trace format says.
class ChannelTracer final : public aio::Tracer {
public:
    void event(std::string_view name, std::initializer_list<aio::TraceField> fields) override {
        const std::lock_guard lock(mutex_);
        const bool told = name == "say" || name == "warn" || name == "trace.end";
        if (sequence_ >= most_events && !told) {
            if (!std::exchange(cut_, true)) {
                send("warn",
                     {{"code", "trace_cut"}, {"text", "the trace was cut: too many events"}}, true);
            }
            return;
        }
        send(name, fields, told);
    }

private:
    void send(std::string_view name, std::initializer_list<aio::TraceField> fields, bool now) {
        aio::EventLoop* loop = aio::running_loop_or_null();
        const aio::time_point t = loop != nullptr ? loop->time() : aio::default_clock().now();
        line_ = "{\"seq\":" + std::to_string(++sequence_) +
                ",\"t\":" + std::to_string(t.time_since_epoch().count() / 1000) +
                ",\"turn\":" + std::to_string(loop != nullptr ? loop->turn() : 0) + ",\"lane\":";
        const std::string_view worker = aio::current_worker();
        lab::channel::append_json(line_, worker.empty() ? "loop" : worker);
        line_ += ",\"ev\":";
        lab::channel::append_json(line_, name);
        for (const aio::TraceField& field : fields) {
            line_ += ',';
            lab::channel::append_json(line_, field.key);
            line_ += ':';
            if (field.is_text) {
                lab::channel::append_json(line_, field.text);
            } else {
                line_ += std::to_string(field.number);
            }
        }
        if (const auto* task = aio::detail::TaskBase::current(); task != nullptr && name == "say") {
            line_ += ",\"task\":" + std::to_string(task->result.id);
        }
        line_ += '}';
        lab::channel::send(line_, now);
    }

    std::mutex mutex_;
    std::string line_;
    std::uint64_t sequence_ = 0;
    bool cut_ = false;
};

struct Ending {
    const char* exit;
    std::string error;
};

Ending run_driver() {
    try {
        lab_entry(lab::channel::seed());
        return {"ok", ""};
    } catch (const aio::DeadlockError& deadlock) {
        return {"deadlock", deadlock.what()};
    } catch (const aio::RunawayError& runaway) {
        return {"runaway", runaway.what()};
    } catch (...) {
        return {"error", aio::describe(std::current_exception())};
    }
}

} // namespace

int main() {
    if (!lab::channel::is_open()) { // for people: say() prints
        const Ending ending = run_driver();
        if (!ending.error.empty()) {
            std::fprintf(stderr, "The program ended with an error: %s\n", ending.error.c_str());
        }
        return ending.error.empty() ? 0 : 1;
    }
    static ChannelTracer tracer;
    aio::set_tracer(&tracer);
    aio::set_say_target([](aio::time_point, std::string_view) {}); // the event says it
    if (!lab::channel::real_clock()) {
        aio::EventLoop::set_runaway_limit(runaway_turns);
    }
    tracer.event("trace.begin", {{"version", 1},
                                 {"seed", lab::channel::seed()},
                                 {"clock", lab::channel::real_clock() ? "real" : "virtual"}});
    const lab::Belongings before = lab::belongings();
    const Ending ending = run_driver();
    const lab::Belongings left = lab::left_since(before);
    tracer.event("trace.end", {{"exit", ending.exit},
                               {"error", ending.error},
                               {"left_threads", left.threads},
                               {"left_children", left.children},
                               {"left_descriptors", left.descriptors}});
    aio::set_tracer(nullptr);
    lab::channel::close();
    return 0;
}
