// run.cpp: the answers to a check's questions about one run.
#include <judge/run.hpp>

#include <algorithm>
#include <utility>

namespace lab {

Run::Run(std::shared_ptr<const judge::Record> record, std::string out, std::string err,
         int killed_by)
    : record_(std::move(record)), out_(std::move(out)), err_(std::move(err)),
      killed_by_(killed_by) {}

Transcript Run::lines_at(ms instant) const {
    Transcript lines = transcript();
    std::erase_if(lines, [&](const Line& line) { return line.at != instant; });
    return lines;
}

std::size_t Run::lines_with(std::string_view text) const {
    const auto& said = record_->said;
    return static_cast<std::size_t>(std::count_if(
        said.begin(), said.end(), [&](const judge::Said& one) { return one.text == text; }));
}

std::optional<ms> Run::when(std::string_view text) const {
    for (const auto& one : record_->said) {
        if (one.text == text) {
            return std::chrono::floor<ms>(one.at);
        }
    }
    return std::nullopt;
}

std::size_t Run::count(std::string_view ev) const {
    return static_cast<std::size_t>(
        std::count_if(record_->events.begin(), record_->events.end(),
                      [&](const Event& event) { return event.ev == ev; }));
}

std::size_t Run::count(std::string_view ev, std::string_view field, std::string_view value) const {
    return static_cast<std::size_t>(
        std::count_if(record_->events.begin(), record_->events.end(), [&](const Event& event) {
            const auto* const found = event.ev == ev ? event.find(field) : nullptr;
            return found != nullptr && found->text == value;
        }));
}

} // namespace lab
