// driver.hpp: hands debounce to the script of the case.
#pragma once
#include "script.hpp"

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, [](aio::ms d, exercise::Function f) -> exercise::Function {
        return debounce(d, std::move(f));
    });
}
