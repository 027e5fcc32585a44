// check.cpp: decides whether the arranged blocks do what the pyramid does, in all four rounds.
//
// Design: the goal is that an error travels along a wait, so one try around three waits is the
// pyramid's three error paths. Left out on purpose: code to write, cancellation, an empty catch.
// Known machines: a catch that waits for callbacks (M20), steps that look after themselves (M21), a
// result that is there when it is asked for (M24), a try that reaches further than its braces
// (outside-the-try), an error that is over once it is said (goes-on), a line that makes itself true
// (said-too-early), steps in any order, a close on one path only, braces that do not fit.
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

using namespace exercise;

LAB_CHECK("03-callbacks/02-order-pyramid")

namespace {

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    lab::ms begin(0);
    for (const Fails fails : p.rounds) {
        lab::ms time = begin;
        const auto say = [&](const std::string& text) { lines.push_back({time, text}); };
        /// Returns: whether the step was done.
        const auto step = [&](Fails which, lab::ms delay, const char* name, const char* done) {
            time += delay;
            say(which == fails ? std::string("failed: ") + name : done);
            return which != fails;
        };
        say(title(fails));
        if (step(Fails::fetch, p.fetch, "fetch", "fetched") &&
            step(Fails::parse, p.parse, "parse", "parsed")) {
            step(Fails::save, p.save, "save", "saved");
        }
        say("closed");
        begin += apart;
    }
    return lines;
}

bool begins_with(const std::string& text, const std::string& part) {
    return text.compare(0, part.size(), part) == 0;
}

/// What one round said: its lines without the title, with their times since its begin.
struct Round {
    Fails fails;
    lab::Transcript lines;

    std::size_t count(const std::string& text) const {
        return static_cast<std::size_t>(std::count_if(
            lines.begin(), lines.end(), [&](const lab::Line& line) { return line.text == text; }));
    }
    /// Returns: the place of the first line that begins with `part`, or how many lines there are.
    std::size_t place(const std::string& part) const {
        const auto found = std::find_if(lines.begin(), lines.end(), [&](const lab::Line& line) {
            return begins_with(line.text, part);
        });
        return static_cast<std::size_t>(found - lines.begin());
    }
    bool has(const std::string& part) const { return place(part) < lines.size(); }
    bool said_at(const std::string& text, lab::ms time) const {
        return has(text) && lines[place(text)].at == time;
    }
};

std::vector<Round> rounds_of(const lab::Run& run, const Params& p) {
    std::vector<Round> rounds;
    lab::ms begin(0);
    for (const auto& line : run.transcript()) {
        const std::size_t next = rounds.size();
        if (next < p.rounds.size() && line.text == title(p.rounds[next])) {
            rounds.push_back({p.rounds[next], {}});
            begin = line.at;
        } else if (!rounds.empty()) {
            rounds.back().lines.push_back({line.at - begin, line.text});
        }
    }
    return rounds;
}

bool in_any(const std::vector<Round>& rounds, const std::function<bool(const Round&)>& holds) {
    return std::any_of(rounds.begin(), rounds.end(), holds);
}

bool said_in_error(const lab::Run& run, const std::string& part) {
    return run.error().find(part) != std::string::npos;
}

/// A result was asked for before it was there.
bool asks_too_early(const Round& round) {
    return std::any_of(round.lines.begin(), round.lines.end(), [](const lab::Line& line) {
        return line.text.find("the result is not there yet") != std::string::npos;
    });
}

bool tells_of_a_step(const std::string& line) {
    return line == "fetched" || line == "parsed" || line == "saved";
}

/// A step of the chain is told by a callback, or its error by the loop's exception handler.
bool callbacks_speak(const lab::Run& run) {
    const auto& events = run.events();
    return std::any_of(events.begin(), events.end(), [](const lab::Event& event) {
        return event.ev == "say" && !event.has("task") &&
               (tells_of_a_step(event.text("text")) ||
                begins_with(event.text("text"), "handler: "));
    });
}

/// A step goes on after the failure has been told.
bool goes_on_after_a_failure(const Round& round) {
    const std::size_t failed = round.place("failed: ");
    return std::any_of(round.lines.begin() + static_cast<std::ptrdiff_t>(failed), round.lines.end(),
                       [](const lab::Line& line) { return tells_of_a_step(line.text); });
}

/// An error left the coroutine.
bool escapes(const Round& round) { return round.has("escaped: "); }

/// Fetching and parsing are both done, and one of them not when it is its turn.
bool out_of_order(const Round& round, const Params& p) {
    return round.fails == Fails::nothing && round.count("fetched") == 1 &&
           round.count("parsed") == 1 &&
           !(round.said_at("fetched", p.fetch) && round.said_at("parsed", p.fetch + p.parse));
}

/// The other steps are done, and "saved" is said before the save is over, or although it fails.
bool saved_too_early(const Round& round, const Params& p) {
    return round.said_at("parsed", p.fetch + p.parse) && round.has("saved") &&
           (round.lines[round.place("saved")].at < p.fetch + p.parse + p.save ||
            round.fails == Fails::save);
}

lab::Transcript without_closed(lab::Transcript lines) {
    lines.erase(std::remove_if(lines.begin(), lines.end(),
                               [](const lab::Line& line) { return line.text == "closed"; }),
                lines.end());
    return lines;
}

} // namespace

TEST_CASE("three steps, one error path: the lines of each round, and closed at its end") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const auto rounds = rounds_of(run, p);
    const auto of = [&](bool (*holds)(const Round&, const Params&)) {
        return in_any(rounds, [&](const Round& round) { return holds(round, p); });
    };
    const lab::Facts facts = {
        {"fetch", ms_text(p.fetch)}, {"parse", ms_text(p.parse)}, {"save", ms_text(p.save)}};

    lab::suspect("braces", "R3", said_in_error(run, "do not fit together"), facts);
    if (run.exit() == "ok") {
        lab::suspect("M24", "R3", in_any(rounds, asks_too_early), facts);
        lab::suspect("M20", "R15", callbacks_speak(run), facts);
        lab::suspect("M21", "R15", !tasks_made(run).empty(), facts);
        lab::suspect("goes-on", "R3", in_any(rounds, goes_on_after_a_failure), facts);
        lab::suspect("outside-the-try", "R3", in_any(rounds, escapes), facts);
        lab::suspect("out-of-order", "R3", of(out_of_order), facts);
        lab::suspect("said-too-early", "R3", of(saved_too_early), facts);
        const bool only_closed_differs =
            without_closed(run.transcript()) == without_closed(expected(p));
        lab::suspect("badly-closed", "R3", only_closed_differs && run.transcript() != expected(p),
                     facts);
    }

    CHECK_TRANSCRIPT(run, expected(p));
    CHECK_MESSAGE(tasks_made(run).empty(), "your blocks start a step that nobody waits for");
}
