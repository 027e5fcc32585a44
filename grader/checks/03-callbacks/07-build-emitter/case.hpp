// case.hpp: one case of 03-7 and what came out of it, for the questions of check.cpp.
#pragma once
#include <judge/check.hpp>

#include "machine.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace exercise {

inline bool begins(const std::string& text, const std::string& with) {
    return text.rfind(with, 0) == 0;
}

/// One case: the script, what must come out, and what has come out.
struct Case {
    const Params& p;
    const Machine& right;
    const lab::Run& run;
    lab::Transcript lines;

    /// Returns: the index of the first line that begins so and ends there, or goes on with a comma.
    std::optional<std::size_t> find(const std::string& with, std::size_t from = 0) const {
        for (std::size_t i = from; i < lines.size(); ++i) {
            const std::string& text = lines[i].text;
            if (text == with || begins(text, with + ",") ||
                (with.ends_with(": ") && begins(text, with))) {
                return i;
            }
        }
        return std::nullopt;
    }
    std::string hears(std::size_t who, const Emit& emit) const {
        return p.listeners[who].name + " hears " + emit.name;
    }
    std::optional<std::size_t> heard(std::size_t who, const Emit& emit) const {
        return find(hears(who, emit));
    }
    /// Asks `question(emit)` of all calls of emit.
    template <class Question> bool some_emit(Question question) const {
        return std::any_of(right.emits().begin(), right.emits().end(), question);
    }
    /// Asks `question(emit, who, act)` of all that listeners do during an emit.
    template <class Question> bool some_act(Do what, Question question) const {
        return some_emit([&](const Emit& emit) {
            return std::any_of(emit.heard.begin(), emit.heard.end(), [&](std::size_t who) {
                const auto& acts = p.listeners[who].acts;
                return std::any_of(acts.begin(), acts.end(), [&](const Act& act) {
                    return act.what == what &&
                           emit.name.ends_with(" " + std::to_string(act.value)) &&
                           question(emit, who, act);
                });
            });
        });
    }
    bool broke_off() const {
        return run.record().closing == lab::judge::Closing::missing && !lines.empty();
    }
    /// The last thing before the run broke off is that this listener was called.
    bool broke_off_at(std::size_t who, const Emit& emit) const {
        const auto line = heard(who, emit);
        return broke_off() && line && *line + 1 == lines.size();
    }
    /// Everything was right, and the next thing would be that this listener is called.
    bool broke_off_before(std::size_t who, const Emit& emit) const {
        const auto& due = right.lines();
        return broke_off() && lines.size() < due.size() &&
               std::equal(lines.begin(), lines.end(), due.begin()) &&
               begins(due[lines.size()].text, hears(who, emit));
    }
};

} // namespace exercise
