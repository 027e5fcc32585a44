// event.cpp: looking up an event's fields.
#include <judge/event.hpp>

#include <algorithm>

namespace lab {

const Event::Field* Event::find(std::string_view field) const {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& one) { return one.name == field; });
    return found == fields.end() ? nullptr : &*found;
}

std::string Event::text(std::string_view field) const {
    const Field* const found = find(field);
    return found == nullptr ? std::string() : found->text;
}

std::int64_t Event::number(std::string_view field, std::int64_t otherwise) const {
    const Field* const found = find(field);
    return found == nullptr ? otherwise : found->number;
}

} // namespace lab
