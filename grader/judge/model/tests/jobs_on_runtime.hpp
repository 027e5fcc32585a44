// jobs_on_runtime.hpp: the pools and jobs of a program on the real runtime.
#pragma once

#include "runtime_world.hpp"

/// Makes the pool of `step`, which ends with `body`.
void make_pool(World& world, PoolsOfBody& body, const lab::model::Step& step);

/// Hands in the job of `step`, if its pool has been made. Throws: aio::Error if that has ended.
void run_in_executor(World& world, const lab::model::Step& step);
