// jobs_on_runtime.hpp: pools, jobs and what comes from outside a loop, on the real runtime.
#pragma once

#include "runtime_world.hpp"

/// Pools, jobs, posts and signals. Returns: false if `step` is another one. Throws: aio::Error for
/// a job whose pool has ended.
bool run_outside_step(World& world, const Scope& scope, const lab::model::Step& step);
