// json.cpp: the only source file that includes the JSON library, which takes seconds to compile.
#include "json.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace lab::judge {

namespace {

using Json = nlohmann::json;
using Ordered = nlohmann::ordered_json;

/// Returns: `bytes` with everything replaced by U+FFFD that is not UTF-8.
std::string as_utf8(std::string_view bytes) {
    const std::string quoted = Json(bytes).dump(-1, ' ', false, Json::error_handler_t::replace);
    return Json::parse(quoted).get<std::string>();
}

Event::Field field_of(const std::string& name, const Json& value) {
    Event::Field field{name, {}, 0};
    if (value.is_string()) {
        field.text = value.get<std::string>();
        return field;
    }
    field.text = value.dump();
    if (value.is_number_integer()) {
        field.number = value.get<std::int64_t>();
    } else if (value.is_boolean()) {
        field.number = value.get<bool>() ? 1 : 0;
    }
    return field;
}

std::optional<Event> event_of(const Json& line) {
    Event event;
    for (const auto& [name, value] : line.items()) {
        if (name == "seq" || name == "t" || name == "turn") {
            if (!value.is_number_integer()) {
                return std::nullopt;
            }
            (name == "seq" ? event.seq
             : name == "t" ? event.t
                           : event.turn) = value.get<std::int64_t>();
        } else if (name == "lane" || name == "ev") {
            if (!value.is_string()) {
                return std::nullopt;
            }
            (name == "ev" ? event.ev : event.lane) = value.get<std::string>();
        } else {
            event.fields.push_back(field_of(name, value));
        }
    }
    return event.ev.empty() || event.seq <= 0 ? std::nullopt : std::optional(std::move(event));
}

Ordered lines_json(const Transcript& lines) {
    Ordered list = Ordered::array();
    for (const auto& line : lines) {
        list.push_back({{"t_ms", line.at.count()}, {"text", line.text}});
    }
    return list;
}

Ordered warnings_json(const std::vector<Warning>& warnings) {
    Ordered list = Ordered::array();
    for (const auto& warning : warnings) {
        list.push_back({{"code", warning.code}, {"text", warning.text}});
    }
    return list;
}

Ordered hint_json(const std::optional<Hint>& hint) {
    if (!hint) {
        return nullptr;
    }
    Ordered facts = Ordered::object();
    for (const auto& [name, value] : hint->facts) {
        if (!facts.contains(name)) { // a check's own facts come first and win
            facts[name] = value;
        }
    }
    return {{"id", hint->id}, {"rule", hint->rule}, {"facts", std::move(facts)}};
}

Ordered case_json(const CaseReport& one) {
    return {{"name", one.seed == 0 ? "published" : "seed " + std::to_string(one.seed)},
            {"seed", one.seed},
            {"verdict", name(one.verdict)},
            {"expected", lines_json(one.expected)},
            {"actual", lines_json(one.actual)},
            {"first_difference", one.first_difference ? Ordered(*one.first_difference) : Ordered()},
            {"message", one.message},
            {"stdout_bytes", one.stdout_bytes},
            {"warnings", warnings_json(one.warnings)},
            {"hint", hint_json(one.hint)}};
}

} // namespace

ChannelLine parse_line(std::string_view line) {
    Json parsed = Json::parse(line, nullptr, false);
    if (parsed.is_discarded()) {
        parsed = Json::parse(as_utf8(line), nullptr, false);
    }
    if (!parsed.is_object()) {
        return {};
    }
    if (!parsed.contains("closing")) {
        return {event_of(parsed), std::nullopt};
    }
    const auto events = parsed.find("events");
    if (!parsed["closing"].is_string() || events == parsed.end() || !events->is_number_integer()) {
        return {};
    }
    return {std::nullopt,
            ClosingLine{parsed["closing"].get<std::string>(), events->get<std::int64_t>()}};
}

std::string waiting_text(const std::string& json) {
    std::string text;
    const Json list = Json::parse(json, nullptr, false);
    if (!list.is_array()) {
        return text;
    }
    for (const auto& one : list) {
        if (one.is_object()) {
            const auto word = [&](const char* key) {
                const auto found = one.find(key);
                return found != one.end() && found->is_string() ? found->get<std::string>() : "?";
            };
            text += (text.empty() ? "" : "; ") + word("task") + " waits for " + word("on");
        }
    }
    return text;
}

std::string to_json(const Report& report) {
    Ordered cases = Ordered::array();
    for (const auto& one : report.cases) {
        cases.push_back(case_json(one));
    }
    const Ordered whole = {{"exercise", report.exercise},
                           {"verdict", name(report.verdict)},
                           {"cases", std::move(cases)},
                           {"hint", hint_json(report.hint)},
                           {"shown", report.shown ? Ordered(*report.shown) : Ordered()},
                           {"seconds", {{"run", report.seconds}}}};
    return whole.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

} // namespace lab::judge
