// driver.hpp: what the untrusted side of an exercise, its driver, can use.
//
// A driver draws the parameters of the case from the seed and calls what the student wrote. It
// states nothing about what should come out: that is the checker's business, in a process of its
// own.
#pragma once

#include "lab/draw.hpp"

#include <cstdint>

#ifdef LAB_PREDICT // predict exercises are compiled without the runtime
#include <ex.hpp>
namespace lab {
/// Hands a predicted transcript to the checker. May be called once.
void emit(const Transcript& predicted);
} // namespace lab
#else
#include <aio/lab.hpp>
#endif

/// The driver defines this. `seed`: 0 is the published case.
extern "C" void lab_entry(std::uint64_t seed);
