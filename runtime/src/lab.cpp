// lab.cpp: the transcript, and the virtual clock that lessons and exercises run on.
#include "aio/lab.hpp"

#include <cstdio>
#include <cstdlib>

namespace aio {
namespace {

void print_line(time_point when, std::string_view text) {
    const auto stamp = std::chrono::duration_cast<ms>(when.time_since_epoch()).count();
    std::printf("[%5lld] %.*s\n", static_cast<long long>(stamp), static_cast<int>(text.size()),
                text.data());
    std::fflush(stdout); // the transcript of a program that crashes ends where it crashed
}

SayTarget say_target = &print_line;

std::string text_of(const detail::SayArgument& argument, std::string_view spec) {
    using Kind = detail::SayArgument::Kind;
    char buffer[400]; // the largest number has 309 digits before the point
    const bool decimals = spec.size() == 4 && spec.starts_with(":.") && spec.ends_with('f');
    if (decimals && argument.kind == Kind::real && spec[2] >= '0' && spec[2] <= '9') {
        std::snprintf(buffer, sizeof buffer, "%.*f", spec[2] - '0', argument.real);
        return buffer;
    }
    if (decimals && argument.kind != Kind::real) {
        throw Error("say(): {" + std::string(spec) + "} needs a number with a fraction, but this " +
                    (argument.kind == Kind::integer ? "value is an integer" : "value is a text"));
    }
    if (!spec.empty()) {
        throw Error("say() knows {} and, for numbers with a fraction, {:.2f}; not {" +
                    std::string(spec) + "}");
    }
    if (argument.kind != Kind::real) {
        return argument.text;
    }
    std::snprintf(buffer, sizeof buffer, "%g", argument.real);
    return buffer;
}

std::string fill_in(std::string_view format, std::initializer_list<detail::SayArgument> arguments) {
    std::string text;
    const auto* next = arguments.begin();
    for (std::size_t i = 0; i < format.size(); ++i) {
        const bool doubled = i + 1 < format.size() && format[i + 1] == format[i];
        if ((format[i] == '{' || format[i] == '}') && doubled) {
            text += format[i++];
        } else if (format[i] == '{') {
            const auto end = format.find('}', i);
            if (end == format.npos || next == arguments.end()) {
                throw Error("say(\"" + std::string(format) + "\"): more {} than arguments");
            }
            text += text_of(*next++, format.substr(i + 1, end - i - 1));
            i = end;
        } else {
            text += format[i];
        }
    }
    if (next != arguments.end()) {
        throw Error("say(\"" + std::string(format) + "\"): more arguments than {}");
    }
    return text;
}

/// Installs the lab's clock before main() begins.
const bool clock_installed = [] {
    set_default_clock(&lab_clock());
    return true;
}();

} // namespace

void detail::say_arguments(std::string_view format, std::initializer_list<SayArgument> arguments) {
    const std::string text = fill_in(format, arguments);
    AIO_TRACE("say", {{"text", text}});
    say_target(current_clock().now(), text);
}

ms now() { return std::chrono::duration_cast<ms>(current_clock().now().time_since_epoch()); }

void set_say_target(SayTarget target) noexcept {
    say_target = target != nullptr ? target : &print_line;
}

Clock& lab_clock() {
    static RealClock real;
    static VirtualClock virtual_clock;
    const char* wanted = std::getenv("LAB_CLOCK");
    return wanted != nullptr && std::string_view(wanted) == "real" ? static_cast<Clock&>(real)
                                                                   : virtual_clock;
}

} // namespace aio
