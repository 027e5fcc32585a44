// servers.hpp: for programs that can serve in more than one way, say on callbacks and on
// coroutines.
#pragma once

#include "../bench.hpp"

namespace bench {

/// Serves if the command line says `PROGRAM name PORT`; tells the name if it says `list`.
/// Returns: whether it served.
inline bool served(std::span<char*> arguments, std::string_view name,
                   void (*serve)(std::uint16_t port)) {
    const std::string_view wish = arguments.size() > 1 ? arguments[1] : "list";
    if (wish == "list") {
        std::printf("%.*s\n", static_cast<int>(name.size()), name.data());
    }
    if (wish != name || arguments.size() < 3) {
        return false;
    }
    serve(static_cast<std::uint16_t>(std::atoi(arguments[2])));
    return true;
}

} // namespace bench
