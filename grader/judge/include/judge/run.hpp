// run.hpp: one finished run of an answer, and the questions that a check may ask about it.
#pragma once

#include <judge/event.hpp>
#include <judge/line.hpp>
#include <judge/transcript.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

/// One run of the answer, for the case at hand. Cheap to copy.
class Run {
public:
    Run(std::shared_ptr<const judge::Record> record, std::string out, std::string err,
        int killed_by = 0);

    /// Returns: every said line, in order.
    Transcript transcript() const { return record_->transcript(); }

    /// Returns: the lines of one instant, in order.
    Transcript lines_at(ms instant) const;

    /// Returns: whether a line says exactly `text`, at whatever time.
    bool contains(std::string_view text) const { return when(text).has_value(); }

    /// Returns: how many lines say exactly `text`.
    std::size_t lines_with(std::string_view text) const;

    /// Returns: when `text` was said first, if it was.
    std::optional<ms> when(std::string_view text) const;

    const std::vector<Warning>& warnings() const { return record_->warnings; }

    /// Returns: whether the runtime warned with this code, such as "never_awaited".
    bool warned(std::string_view code) const { return record_->warned(code); }

    /// Returns: what the program printed beside its transcript, cut where the limit cut it.
    const std::string& stdout_text() const { return out_; }
    const std::string& stderr_text() const { return err_; }

    const std::vector<Event>& events() const { return record_->events; }

    /// Returns: how many events are of kind `ev`; with a field: of those, how many have that value.
    std::size_t count(std::string_view ev) const;
    std::size_t count(std::string_view ev, std::string_view field, std::string_view value) const;

    std::size_t tasks_created() const { return count("task.new"); }
    std::size_t timers_added() const { return count("handle.add", "kind", "timer"); }
    std::size_t turns() const { return count("turn.begin"); }

    /// Returns: "ok", or why the run ended otherwise: "error", "deadlock", "runaway", ...
    const std::string& exit() const { return record_->exit; }

    /// Returns: what() of the exception that left the answer, or "".
    const std::string& error() const { return record_->error; }

    /// Returns: the signal that ended the process, or 0.
    int killed_by() const { return killed_by_; }

    const judge::Record& record() const { return *record_; }

private:
    std::shared_ptr<const judge::Record> record_;
    std::string out_, err_;
    int killed_by_;
};

} // namespace lab
