// event.hpp: one event of a program's trace, as a check reads it.
//
// A checker is compiled often and reads few fields, so an event holds texts and numbers only; the
// JSON library stays in one source file of the judge.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

/// One event. Every event has seq, t, turn, lane and ev; the other fields depend on `ev`.
struct Event {
    struct Field {
        std::string name;
        std::string text;        ///< a string's text; any other value as JSON
        std::int64_t number = 0; ///< an integer's value, true as 1; 0 for everything else
    };

    std::int64_t seq = 0;
    std::int64_t t = 0; ///< microseconds of virtual time
    std::int64_t turn = 0;
    std::string lane;
    std::string ev;
    std::vector<Field> fields; ///< the fields beyond the common five

    /// Returns: the field, or null if the event has none of that name.
    const Field* find(std::string_view field) const;
    bool has(std::string_view field) const { return find(field) != nullptr; }

    /// Returns: the field's text, or "" if there is no such field.
    std::string text(std::string_view field) const;

    /// Returns: the field's number, or `otherwise` if there is no such field.
    std::int64_t number(std::string_view field, std::int64_t otherwise = 0) const;
};

} // namespace lab
