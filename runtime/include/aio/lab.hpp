// lab.hpp: what lessons and exercises include: the runtime, and a transcript of what happened.
//
// A program that uses this header runs on the virtual clock: five seconds pass in microseconds, and
// the transcript is the same in every run. Set LAB_CLOCK=real in the environment to watch it in
// real time.
#pragma once

#include "aio/aio.hpp"

#include <algorithm>
#include <concepts>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aio {

namespace detail {

/// One argument of say(), with its type forgotten: say() itself is compiled once.
struct SayArgument {
    enum class Kind { text, integer, real } kind;
    std::string text; ///< of what is no real
    double real = 0;

    SayArgument(bool value) : kind(Kind::text), text(value ? "true" : "false") {} // NOLINT
    SayArgument(std::integral auto value)                                         // NOLINT
        : kind(Kind::integer), text(std::to_string(value)) {}
    SayArgument(std::floating_point auto value)
        : kind(Kind::real), real(static_cast<double>(value)) {} // NOLINT
    SayArgument(char value) = delete; // say("{}", 'a') would print 97: use a string
    SayArgument(const char* value) : kind(Kind::text), text(value) {}      // NOLINT
    SayArgument(std::string_view value) : kind(Kind::text), text(value) {} // NOLINT
};

void say_arguments(std::string_view format, std::initializer_list<SayArgument> arguments);

} // namespace detail

/// Writes one line of the transcript, stamped with the loop's time.
///
/// `format`: text in which each `{}` is replaced by the next argument; `{:.2f}` gives two decimals,
/// `{{` a brace. Throws: Error if the number of arguments does not fit, or for a format that it
/// does not know.
template <class... Arguments> void say(std::string_view format, const Arguments&... arguments) {
    detail::say_arguments(format, {detail::SayArgument(arguments)...});
}

/// Returns: the loop's time, in whole milliseconds since the program began.
ms now();

/// Where transcript lines go. The default prints `[ 1000] text` on standard output.
using SayTarget = void (*)(time_point when, std::string_view text);
void set_say_target(SayTarget target) noexcept;

/// Returns: the clock that lab programs run on: virtual, or real with LAB_CLOCK=real.
Clock& lab_clock();

} // namespace aio

using namespace std::chrono_literals; // NOLINT: a lesson should not begin with namespaces
