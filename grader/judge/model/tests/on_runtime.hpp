// on_runtime.hpp: runs a model program on the real runtime, through its public interface.
#pragma once

#include "model/model.hpp"

#include <string>

struct World;

/// Returns: what the runtime shows, in the model's words.
lab::model::Observed on_runtime(const lab::model::Program& program);

/// Runs the body of a callback, on the loop's thread; `result` is what {} stands for.
void run_callback(World& world, const lab::model::Body& body, std::string result = {});
