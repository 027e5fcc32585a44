// random_program.hpp: draws small programs in which tasks, futures, timers and cancels meet.
#pragma once

#include "model/program.hpp"

#include <cstdint>

/// Who runs a program's jobs.
enum class Workers { threads, processes };

/// Returns: the program of that seed, the same on every machine.
///
/// A body awaits only what was created before it in the text, so no tasks wait for each other in a
/// circle.
lab::model::Program random_program(std::uint64_t seed, Workers workers = Workers::threads);
