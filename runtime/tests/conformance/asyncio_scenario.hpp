// asyncio_scenario.hpp: runs an asyncio scenario on aio and returns its trace.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

/// Returns: the trace, one event a line, as run_asyncio.py prints it. Throws: std::exception if the
/// scenario itself is wrong.
std::string run_asyncio_scenario(const nlohmann::ordered_json& scenario, bool ticks);
