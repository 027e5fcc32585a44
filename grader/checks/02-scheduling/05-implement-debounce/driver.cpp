// driver.cpp: files all calls of the case at 0, and says when each comes and what runs.
#include "script.hpp"

#include "params.hpp"

namespace exercise {

/// The checker knows the timers of this function: they are the first that a run sets.
aio::Coro<> play(Params p, Debounce debounce) {
    auto& loop = aio::get_running_loop();
    std::vector<Function> functions;
    std::vector<Function> copies;
    for (const Call& call : p.calls) {
        loop.call_at(aio::time_point(call.at), [&functions, &copies, call] {
            aio::say("{}({}) called", function_name(call.function), call.value);
            (call.by_copy ? copies : functions)[call.function](call.value);
        });
    }
    const auto end = loop.create_future<void>();
    loop.call_at(aio::time_point(end_of(p)), [end] { end.set_result(); });

    for (std::size_t k = 0; k < p.delays.size(); ++k) {
        functions.push_back(debounce(p.delays[k], [k](std::string value) {
            aio::say("{}({}) runs", function_name(k), value);
        }));
    }
    copies = functions;
    co_await end;
}

void run_script(std::uint64_t seed, Debounce debounce) { aio::run(play(draw(seed), debounce)); }

} // namespace exercise
