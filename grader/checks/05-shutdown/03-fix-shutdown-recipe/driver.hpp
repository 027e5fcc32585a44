// driver.hpp: hands app to the script of the case.
#pragma once
#include "script.hpp"

extern "C" void lab_entry(std::uint64_t seed) { exercise::run_script(seed, app); }
