// driver.hpp: hands map_blocking to the script of the case.
#pragma once
#include "script.hpp"

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed,
                         [](aio::ThreadPool& pool, std::function<int(int)> f,
                            std::vector<int> items, int limit) -> aio::Coro<std::vector<int>> {
                             return map_blocking(pool, std::move(f), std::move(items), limit);
                         });
}
