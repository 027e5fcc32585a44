// virtual_world.hpp: a loop on a clock of its own that jumps, and a list of what happened.
#pragma once

#include <aio/aio.hpp>

#include <string>
#include <vector>

namespace aio::testing {

/// Everything a deterministic test needs. Each world has its own time line, which begins at zero.
struct VirtualWorld {
    VirtualClock clock;
    EventLoop loop{{.clock = &clock, .selector = nullptr}};
    std::vector<std::string> log;

    /// Notes `text` with the time in ms: "100 text".
    void note(const std::string& text) {
        const auto stamp = std::chrono::duration_cast<ms>(clock.now().time_since_epoch()).count();
        log.push_back(std::to_string(stamp) + " " + text);
    }

    /// Runs until nothing is ready and no timer is set.
    void run_until_idle() {
        try {
            loop.run_forever();
        } catch (const DeadlockError&) { // how a virtual loop says that nothing is left to do
        }
    }

    template <class T> T run(Coro<T> coro) { return loop.run_until_complete(std::move(coro)); }
};

/// Makes run() and default_clock() use a virtual clock of this scope's own.
struct DefaultVirtualClock {
    VirtualClock clock;
    DefaultVirtualClock() { set_default_clock(&clock); }
    ~DefaultVirtualClock() { set_default_clock(nullptr); }
};

/// Collects the events of a scope, by name and field.
struct RecordingTracer final : Tracer {
    std::vector<std::string> lines;
    RecordingTracer() { set_tracer(this); }
    ~RecordingTracer() override { set_tracer(nullptr); }
    void event(std::string_view name, std::initializer_list<TraceField> fields) override {
        std::string line(name);
        for (const TraceField& field : fields) {
            line += " " + std::string(field.key) + "=" +
                    (field.is_text ? std::string(field.text) : std::to_string(field.number));
        }
        lines.push_back(line);
    }
    int count(const std::string& beginning) const {
        int found = 0;
        for (const std::string& line : lines) {
            found += line.starts_with(beginning) ? 1 : 0;
        }
        return found;
    }
};

using Log = std::vector<std::string>;

} // namespace aio::testing
