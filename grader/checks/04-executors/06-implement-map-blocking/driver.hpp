// driver.hpp: five calls of map_blocking, one after another, each with a pool of its own.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

namespace exercise {

/// The blocking function of one call.
inline int peel(const Call& call, int number) {
    const auto item = std::find_if(call.items.begin(), call.items.end(),
                                   [&](const Item& one) { return one.number == number; });
    const std::string name = call.name + " " + std::to_string(number);
    if (item == call.items.end()) {
        throw aio::Error("there is no " + name);
    }
    aio::say("{} begins", name);
    aio::block_for(item->delay);
    if (item->rotten) {
        throw aio::Error(name + " is rotten");
    }
    return 10 * number;
}

inline std::string list_text(const std::vector<int>& values) {
    std::string text;
    for (const int value : values) {
        text += (text.empty() ? "" : ", ") + std::to_string(value);
    }
    return "[" + text + "]";
}

aio::Coro<> call_it(aio::ThreadPool& pool, Call call) {
    std::vector<int> numbers;
    for (const Item& item : call.items) {
        numbers.push_back(item.number);
    }
    const std::function<int(int)> f = [call](int number) { return peel(call, number); };
    try {
        const auto results = co_await map_blocking(pool, f, numbers, call.limit);
        aio::say("{}: {}", call.name, list_text(results));
    } catch (const aio::CancelledError&) {
        aio::say("{}: cancelled", call.name);
    } catch (const std::exception& error) {
        aio::say("{}: failed: {}", call.name, error.what());
    } catch (...) {
        aio::say("{}: failed", call.name);
    }
}

aio::Coro<> call_all(Params p) {
    for (const Call& call : p.calls()) {
        aio::ThreadPool pool{static_cast<std::size_t>(call.workers)};
        const auto task = aio::create_task(call_it(pool, call));
        if (call.cancel) {
            aio::get_running_loop().call_later(*call.cancel, [task] { task.cancel(); });
        }
        co_await aio::sleep(call.over());
        if (!task.done()) {
            aio::say("{}: still waiting", call.name);
        }
    }
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    aio::run(exercise::call_all(exercise::draw(seed)));
}
