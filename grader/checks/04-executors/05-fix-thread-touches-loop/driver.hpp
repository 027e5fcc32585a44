// driver.hpp: hands run_with_progress to the script of the case.
#pragma once
#include "script.hpp"

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(
        seed, [](int steps, aio::ms step_time, std::function<void(int)> f) -> aio::Coro<> {
            return run_with_progress(steps, step_time, std::move(f));
        });
}
