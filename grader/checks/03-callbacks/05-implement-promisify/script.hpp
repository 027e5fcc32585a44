// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace exercise {

using Number = std::function<void(int value, std::string error)>;

/// The sensors, which are of the answer's type.
struct Sensors {
    void (*make)(std::size_t count); ///< all before the first address is taken
    const void* (*at)(std::size_t index);
    aio::Coro<int> (*read_async)(std::size_t index);
};

/// What a sensor does when it is asked.
void read(const void* sensor, Number cb);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, Sensors sensors);

} // namespace exercise
