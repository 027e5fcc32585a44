// machine.hpp: what must be said in the five acts of 05-shutdown/06, for the checker.
#pragma once
#include "../../lines.hpp"
#include "params.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace exercise {

inline bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

inline bool contains(const lab::Line& line, const std::string& part) {
    return line.text.find(part) != std::string::npos;
}

/// Writes down what happens, act by act; times count from the beginning of the act.
class Machine {
public:
    explicit Machine(const Params& p) : p_(p) {
        evening();
        failing();
        calls();
        unborn();
        quiet();
        lines_ = by_time(lines_);
    }
    const lab::Transcript& lines() const { return lines_; }

private:
    void say(Time at, const std::string& text) { lines_.push_back({begin_ + at, text}); }

    void open() {
        say(p_.house.pool, "starting: pool open");
        say(p_.house.open(), "starting: listener open");
    }
    /// Returns: when everything is closed.
    Time close_background(Time at) {
        say(at + p_.house.clock, "stopping: clock closed");
        say(at + p_.house.cleaner, "stopping: cleaner closed");
        return at + p_.house.background();
    }

    void evening() {
        open();
        Time drained = 0ms, pool_is_empty = 0ms;
        for (const Request& request : p_.requests) {
            const std::string name = "request " + std::to_string(request.number);
            if (request.at > p_.signal) {
                say(request.at, "stopping: " + name + " refused");
                continue;
            }
            say(request.at, "running: " + name + " comes");
            const Time end = request.job_ends();
            if (end < p_.limit()) {
                say(end, (end < p_.signal ? "running: " : "stopping: ") + name + " answered");
                drained = std::max(drained, end);
                continue;
            }
            drained = p_.limit() + p_.house.sorry;
            say(drained, "stopping: " + name + " cut off");
            if (request.job_begins() < p_.limit()) {
                pool_is_empty = end; // a job that runs goes on
            }
        }
        const std::string signal = "signal " + std::to_string(p_.signo);
        say(p_.signal, "running: " + signal);
        say(p_.signal, "stopping: listener closed");
        say(p_.again, "stopping: " + signal);
        const Time closed = std::max(close_background(drained), pool_is_empty);
        say(closed, "stopping: pool empty");
        say(closed, "serve_until returned");
        say(closed + 10ms, "stopped: left: nothing");
    }

    void failing() {
        begin_ = p_.failing_at;
        say(p_.other_start, "starting: start is called");
        say(p_.other_start + 10ms, "starting: stop is called");
        Time end = p_.house.pool;
        if (p_.pool_fails) {
            say(end, "starting: pool fails");
        } else {
            say(p_.house.pool, "starting: pool open");
            say(p_.house.open(), "starting: listener fails");
            end = close_background(p_.house.open());
            say(end, "stopping: pool empty");
        }
        const std::string error = p_.pool_fails ? "no more threads" : "the address is in use";
        say(end, "serve_until threw: " + error);
        say(end, "start threw: " + error);
        say(end, "stop returned");
        say(end + 10ms, "stopped: left: nothing");
    }

    void calls() {
        begin_ = p_.calls_at;
        open();
        say(p_.other_start, "starting: start is called");
        say(p_.early_signal, "starting: signal " + std::to_string(p_.signo));
        say(p_.early_stop, "starting: stop is called");
        say(p_.late_stop, "stopping: stop is called");
        say(p_.house.open(), "start returned");
        say(p_.house.open(), "stopping: listener closed");
        const Time end = close_background(p_.house.open());
        for (const char* line : {"stopping: pool empty", "stop returned", "serve_until returned",
                                 "stop returned", "stopped: start is called",
                                 "stopped: stop is called", "start returned", "stop returned"}) {
            say(end, line);
        }
        say(end + 10ms, "stopped: left: nothing");
    }

    void unborn() {
        begin_ = p_.unborn_at;
        say(0ms, "new: stop is called");
        say(0ms, "stop returned");
        say(10ms, "stopped: start is called");
        say(10ms, "start returned");
        say(20ms, "stopped: left: nothing");
    }

    void quiet() {
        begin_ = p_.quiet_at;
        const std::string name = "request " + std::to_string(p_.guest.number);
        say(0ms, "new: start is called");
        open();
        say(p_.house.open(), "start returned");
        say(p_.guest.at, "running: " + name + " comes");
        say(p_.quiet_stop, "running: stop is called");
        say(p_.quiet_stop, "stopping: listener closed");
        say(p_.guest.job_ends(), "stopping: " + name + " answered");
        const Time end = close_background(p_.guest.job_ends());
        say(end, "stopping: pool empty");
        say(end, "stop returned");
        say(end + 10ms, "stopped: left: nothing");
    }

    Params p_;
    lab::ms begin_{};
    lab::Transcript lines_;
};

/// Returns: whether the line tells that a call has come back.
inline bool is_return(const lab::Line& line) {
    return ends_with(line.text, " returned") || contains(line, " threw: ");
}

/// Returns: the lines without the returns, and in one order the requests that are cut off together.
inline lab::Transcript canonical(const lab::Transcript& lines) {
    lab::Transcript kept;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(kept),
                 [](const lab::Line& line) { return !is_return(line); });
    const auto cut = [](const lab::Line& line) { return ends_with(line.text, " cut off"); };
    const auto first = std::find_if(kept.begin(), kept.end(), cut);
    std::sort(first, std::find_if_not(first, kept.end(), cut),
              [](const lab::Line& a, const lab::Line& b) { return a.text < b.text; });
    return kept;
}

/// Returns: whether no call comes back before what it waits for, among the lines of one instant.
inline bool returns_are_in_time(const lab::Transcript& lines) {
    for (auto line = lines.begin(); line != lines.end(); ++line) {
        if (!is_return(*line)) {
            continue;
        }
        const bool of_start = line->text == "start returned";
        const bool early = std::any_of(line, lines.end(), [&](const lab::Line& later) {
            return ends_with(later.text, of_start ? "listener open" : "pool empty") ||
                   ends_with(later.text, " fails");
        });
        if (early) {
            return false;
        }
    }
    return true;
}

/// Returns: `right`, but each instant in the order of the run if that order is as good.
inline lab::Transcript in_order_of(const lab::Run& run, lab::Transcript right) {
    for (auto first = right.begin(); first != right.end();) {
        const auto last = std::find_if(first, right.end(),
                                       [&](const lab::Line& line) { return line.at != first->at; });
        const lab::Transcript said = run.lines_at(first->at);
        const bool same = said.size() == static_cast<std::size_t>(last - first) &&
                          std::is_permutation(first, last, said.begin());
        if (same && canonical(said) == canonical({first, last}) && returns_are_in_time(said)) {
            std::copy(said.begin(), said.end(), first);
        }
        first = last;
    }
    return right;
}

} // namespace exercise
