// on_runtime.hpp: runs a model program on the real runtime, through its public interface.
#pragma once

#include "model/model.hpp"

#include <string>

struct World;

/// Returns: whether the program asks for signals and then waits for what never comes. That is no
/// deadlock: the kernel may always have news, and the runtime would wait for ever.
bool waits_for_the_kernel(const lab::model::Program& program);

/// Returns: what the runtime shows, in the model's words.
lab::model::Observed on_runtime(const lab::model::Program& program);

/// Runs the body of a callback, on the loop's thread; `result` is what {} stands for.
void run_callback(World& world, const lab::model::Body& body, std::string result = {});
