// json.hpp: the two places where the judge meets JSON: a line of a channel, and its own report.
#pragma once

#include "report.hpp"

#include <judge/event.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lab::judge {

/// The last line of a channel.
struct ClosingLine {
    std::string nonce;
    std::int64_t events;
};

/// One line of a channel: an event, or the closing line, or neither if it cannot be read.
struct ChannelLine {
    std::optional<Event> event;
    std::optional<ClosingLine> closing;
};

/// Reads one line. Bytes that are no UTF-8 in a text are replaced, they do not spoil the line.
ChannelLine parse_line(std::string_view line);

/// Returns: "A waits for future 3; B waits for a timer", from the JSON of a trace.end's `waiting`.
std::string waiting_text(const std::string& json);

/// Returns: the one JSON object that the judge prints, on one line.
std::string to_json(const Report& report);

} // namespace lab::judge
