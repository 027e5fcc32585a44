// on_runtime.hpp: runs a model program on the real runtime, through its public interface.
#pragma once

#include "model/model.hpp"

/// Returns: what the runtime shows, in the model's words.
lab::model::Observed on_runtime(const lab::model::Program& program);
