// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace exercise {

using MapBlocking = aio::Coro<std::vector<int>> (*)(aio::ThreadPool& pool,
                                                    std::function<int(int)> f,
                                                    std::vector<int> items, int limit);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, MapBlocking map_blocking);

} // namespace exercise
