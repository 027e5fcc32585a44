// transcript.cpp: reads a channel line by line and believes nothing that does not add up.
#include "json.hpp"

#include <judge/transcript.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace lab::judge {

namespace {

Ending ending_named(const std::string& exit) {
    constexpr std::array<std::pair<std::string_view, Ending>, 6> known = {{
        {"ok", Ending::ok},
        {"error", Ending::error},
        {"deadlock", Ending::deadlock},
        {"runaway", Ending::runaway},
        {"timeout", Ending::timeout},
        {"nested_run", Ending::nested_run},
    }};
    for (const auto& [name, ending] : known) {
        if (name == exit) {
            return ending;
        }
    }
    return Ending::unknown;
}

void read_end(Record& record, const Event& event) {
    record.exit = event.text("exit");
    record.ending = ending_named(record.exit);
    record.error = event.text("error");
    record.account = event.text("text");
    if (record.account.empty() && event.has("waiting")) {
        record.account = waiting_text(event.text("waiting"));
    }
    if (record.account.empty() && record.ending != Ending::error) {
        record.account = record.error; // the harness gives a deadlock's report as its error
    }
}

/// Adds one event. Returns: whether it may stand there.
bool add(Record& record, Event event) {
    const bool in_sequence = record.events.empty() || event.seq > record.events.back().seq;
    // Nothing is traced after the end, and nothing ends twice.
    const bool in_time = record.ending == Ending::none;
    if (event.ev == "say") {
        record.said.push_back({std::chrono::microseconds(event.t), event.text("text")});
    } else if (event.ev == "warn") {
        record.warnings.push_back({event.text("code"), event.text("text")});
    } else if (event.ev == "trace.end") {
        read_end(record, event);
    }
    record.events.push_back(std::move(event));
    return in_sequence && in_time;
}

Closing judge_closing(const ClosingLine& line, std::string_view nonce, std::size_t lines_before) {
    if (line.nonce != nonce) {
        return Closing::forged;
    }
    return line.events == static_cast<std::int64_t>(lines_before) ? Closing::right
                                                                  : Closing::miscounted;
}

} // namespace

Transcript Record::transcript() const {
    Transcript lines;
    for (const auto& one : said) {
        lines.push_back({std::chrono::floor<ms>(one.at), one.text});
    }
    return lines;
}

bool Record::warned(std::string_view code) const {
    return std::any_of(warnings.begin(), warnings.end(),
                       [&](const Warning& warning) { return warning.code == code; });
}

Record read_record(std::string_view bytes, std::string_view nonce) {
    Record record;
    bool damaged = false;
    std::size_t lines = 0;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        ChannelLine line = parse_line(bytes.substr(0, end));
        const bool whole = end != std::string_view::npos;
        bytes.remove_prefix(whole ? end + 1 : bytes.size());
        if (line.closing) {
            record.closing = judge_closing(*line.closing, nonce, lines);
            damaged = damaged || !whole || !bytes.empty(); // it must be the very last line
        } else if (!whole || !line.event || !add(record, std::move(*line.event))) {
            damaged = true;
        }
        ++lines;
    }
    if (damaged && record.closing == Closing::right) {
        record.closing = Closing::damaged;
    }
    return record;
}

} // namespace lab::judge
