// shrink.hpp: makes a program smaller as long as it still shows what it was found for.
#pragma once

#include "model/program.hpp"

#include <functional>

/// Returns: a program that `shows` it too, from which nothing more can be left out.
lab::model::Program shrink(lab::model::Program program,
                           const std::function<bool(const lab::model::Program&)>& shows);
