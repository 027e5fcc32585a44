// driver.cpp: five calls of map_blocking, one after another, each with a pool of its own.
#include "script.hpp"

#include "params.hpp"

#include <algorithm>
#include <string>

namespace exercise {

/// The blocking function of one call.
int peel(const Call& call, int number) {
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

std::string list_text(const std::vector<int>& values) {
    std::string text;
    for (const int value : values) {
        text += (text.empty() ? "" : ", ") + std::to_string(value);
    }
    return "[" + text + "]";
}

aio::Coro<> call_it(aio::ThreadPool& pool, Call call, MapBlocking map_blocking) {
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

aio::Coro<> call_all(Params p, MapBlocking map_blocking) {
    for (const Call& call : p.calls()) {
        aio::ThreadPool pool{static_cast<std::size_t>(call.workers)};
        const auto task = aio::create_task(call_it(pool, call, map_blocking));
        if (call.cancel) {
            aio::get_running_loop().call_later(*call.cancel, [task] { task.cancel(); });
        }
        co_await aio::sleep(call.over());
        if (!task.done()) {
            aio::say("{}: still waiting", call.name);
        }
    }
}

void run_script(std::uint64_t seed, MapBlocking map_blocking) {
    aio::run(call_all(draw(seed), map_blocking));
}

} // namespace exercise
