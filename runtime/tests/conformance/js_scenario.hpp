// js_scenario.hpp: runs a JavaScript scenario on aio::js and returns its trace.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

/// Returns: the trace, one event a line, as run_node.js prints it. Throws: std::exception if the
/// scenario itself is wrong.
std::string run_js_scenario(const nlohmann::json& scenario);
