// machine.hpp: the machine that 03-7 describes, to compare an answer with.
#pragma once
#include <judge/check.hpp>

#include "params.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

/// One call of emit, as it should be.
struct Emit {
    std::string name; ///< "bell 1"
    Time at;
    bool nested, counted;
    std::vector<std::size_t> heard; ///< listeners, in order
    std::size_t failed = 0, waiters = 0;
    std::size_t cancelled = 0; ///< waiters of the event who were cancelled before, so far

    std::size_t called() const { return heard.size() + waiters; }
    std::string end() const { return "emit " + name + ": "; }
};

inline std::string failure(const Listener& listener) {
    return "listener failed: " + listener.name + " is tired";
}

/// The machine that the task describes: plays the script and writes down what is said.
class Machine {
public:
    explicit Machine(const Params& p) : p_(p) {
        for (std::size_t k = 0; k < p.steps.size(); ++k) {
            now_ = p.steps[k].at;
            play(p.steps[k]);
            if (k + 1 == p.steps.size() || p.steps[k + 1].at != now_) {
                for (const std::string& text : std::exchange(woken_, {})) {
                    say(text);
                }
            }
        }
    }

    const lab::Transcript& lines() const { return lines_; }
    const std::vector<Emit>& emits() const { return emits_; } ///< in the order of their beginning

private:
    struct Entry {
        int id;
        std::string event;
        std::size_t who;
        bool waits;
    };

    void say(const std::string& text) { lines_.push_back({now_, text}); }
    void add(std::size_t who) {
        entries_.push_back({++last_id_, p_.listeners[who].event, who, false});
    }

    bool remove(std::size_t who, bool waits) {
        return std::erase_if(entries_, [&](const Entry& entry) {
                   return entry.who == who && entry.waits == waits;
               }) > 0;
    }

    void play(const Step& step) {
        if (step.what == Do::add) {
            add(step.who);
        } else if (step.what == Do::off) {
            const bool was = remove(step.who, false);
            say("off " + p_.listeners[step.who].name + (was ? ": true" : ": false"));
        } else if (step.what == Do::wait) {
            entries_.push_back({++last_id_, p_.waiters[step.who].event, step.who, true});
        } else if (step.what == Do::cancel) {
            remove(step.who, true);
            ++cancelled_[p_.waiters[step.who].event];
            woken_.push_back(p_.waiters[step.who].name + ": cancelled");
        } else {
            emit(step.event, step.value, step.counted, false);
        }
    }

    void emit(const std::string& event, int value, bool counted, bool nested) {
        const std::size_t index = emits_.size();
        const std::string name = event + " " + std::to_string(value);
        emits_.push_back({name, now_, nested, counted, {}, 0, 0, cancelled_[event]});
        for (const Entry& entry : std::vector<Entry>(entries_)) {
            const bool here = std::any_of(entries_.begin(), entries_.end(),
                                          [&](const Entry& e) { return e.id == entry.id; });
            if (!here || entry.event != event) {
                continue;
            }
            if (entry.waits) {
                remove(entry.who, true);
                woken_.push_back(p_.waiters[entry.who].name + " got " + name);
                ++emits_[index].waiters;
            } else {
                emits_[index].heard.push_back(entry.who);
                emits_[index].failed += hear(entry.who, name, value) ? 0 : 1;
            }
        }
        const std::string count = std::to_string(emits_[index].called()) + " called";
        say(emits_[index].end() + (counted ? count : "over"));
    }

    /// Returns: whether the listener did not fail.
    bool hear(std::size_t who, const std::string& name, int value) {
        const Listener& listener = p_.listeners[who];
        if (listener.once) {
            remove(who, false);
        }
        std::string text = listener.name + " hears " + name;
        bool fails = false;
        std::optional<int> nested;
        for (const Act& act : listener.acts) {
            if (act.value == value && act.what == Do::add) {
                add(act.listener);
                text += ", adds " + p_.listeners[act.listener].name;
            } else if (act.value == value && act.what == Do::off) {
                const bool was = remove(act.listener, false);
                text += ", removes " + p_.listeners[act.listener].name;
                text += was ? ": true" : ": false";
            } else if (act.value == value && act.what == Do::emit) {
                nested = act.nested;
            } else if (act.value == value) {
                fails = true;
            }
        }
        say(text);
        if (fails) {
            say(failure(listener));
        }
        if (nested) {
            emit(listener.event, *nested, true, true);
        }
        return !fails;
    }

    const Params& p_;
    Time now_ = 0ms;
    std::vector<Entry> entries_;
    int last_id_ = 0;
    std::map<std::string, std::size_t> cancelled_;
    std::vector<std::string> woken_; ///< what tasks will say when the steps of the instant are over
    std::vector<Emit> emits_;
    lab::Transcript lines_;
};

} // namespace exercise
