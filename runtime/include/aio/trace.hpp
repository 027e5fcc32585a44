// trace.hpp: the one place where the runtime tells what it does.
//
// Each event has a name and a few fields. With no tracer installed an event costs one load and one
// branch, so the calls stay in every build, and a slow program can be asked what it is doing.
//
// Floor 0.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace aio {

/// One field of an event: a number or a text.
struct TraceField {
    std::string_view key;
    std::int64_t number = 0;
    std::string_view text;
    bool is_text = false;

    TraceField(std::string_view k, std::integral auto value)
        : key(k), number(static_cast<std::int64_t>(value)) {}
    TraceField(std::string_view k, std::string_view value) : key(k), text(value), is_text(true) {}
};

/// Receives the events of all loops of the process, one at a time.
class Tracer {
public:
    virtual ~Tracer() = default;
    /// Requires: the texts in `fields` are copied before it returns.
    virtual void event(std::string_view name, std::initializer_list<TraceField> fields) = 0;
};

namespace detail {
inline Tracer* tracer = nullptr;
void tell(std::string_view name, std::initializer_list<TraceField> fields);
} // namespace detail

/// Installs `tracer`, or none with null. Not thread-safe: call it before loops run.
inline void set_tracer(Tracer* tracer) noexcept { detail::tracer = tracer; }

/// Tells whoever listens about something that looks like a mistake: a `warn` event, and a line on
/// standard error. `code` is one of the codes in the table of trace events, such as
/// "never_awaited".
void warn(std::string_view code, std::string_view text);

/// Where warnings go instead of standard error; null restores that. For tests and embedders.
using WarningTarget = void (*)(std::string_view code, std::string_view text);
void set_warning_target(WarningTarget target) noexcept;

} // namespace aio

/// Emits an event; its fields are not even computed when nobody listens.
#define AIO_TRACE(...)                                                                             \
    do {                                                                                           \
        if (::aio::detail::tracer != nullptr) [[unlikely]] {                                       \
            ::aio::detail::tell(__VA_ARGS__);                                                      \
        }                                                                                          \
    } while (false)
