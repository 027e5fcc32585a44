// check.cpp: decides whether every string is still owned by somebody when it is used.
//
// Design: the goal is to ask of each name in a callback or coroutine who owns it. Left out on
// purpose: errors, cancelling, leaks. Known machines: a callback's reference (M23), a coroutine's
// captures and references (M23-lambda), a temporary (M23-temporary), one variable for many (M23-
// shared), speaking while the strings are there (at-once), blocking meanwhile (M25), a loop in the
// loop (M10), dropped objects (M01). The sanitizer ends the run at the first use of what is gone;
// the driver calls the three functions one after the other, so what has been said until then tells
// which of them it was.
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <optional>

using namespace exercise;

LAB_CHECK("03-callbacks/03-fix-captures")

namespace {

lab::Transcript announced(const Params& p) {
    lab::Transcript lines;
    for (const Cast& cast : p.casts) {
        for (std::size_t k = 0; k < cast.names.size(); ++k) {
            lines.push_back({cast.step * static_cast<int>(k + 1), cast.names[k] + ", please"});
        }
    }
    return by_time(lines);
}

lab::Transcript logged(const Params& p, lab::ms begin) {
    lab::Transcript lines;
    for (const Log& log : p.logs) {
        for (std::size_t k = 0; k < log.entries.size(); ++k) {
            lines.push_back(
                {begin + p.pause * static_cast<int>(k), log.prefix + ": " + log.entries[k]});
        }
    }
    return by_time(lines);
}

lab::Transcript welcomed(const Params& p, lab::ms begin) {
    lab::Transcript lines;
    for (const Visitor& visitor : p.visitors) {
        lines.push_back({begin + visitor.after, "welcome, " + visitor.name});
    }
    return by_time(lines);
}

lab::ms logging_time(const Params& p) {
    std::size_t longest = 0;
    for (const Log& log : p.logs) {
        longest = std::max(longest, log.entries.size());
    }
    return p.pause * static_cast<int>(longest);
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines = {{0ms, "actors"}};
    const auto add = [&lines](const lab::Transcript& more) {
        lines.insert(lines.end(), more.begin(), more.end());
    };
    add(announced(p));
    const lab::ms logs = announcing_time(p);
    lines.push_back({logs, "log"});
    add(logged(p, logs));
    const lab::ms visitors = logs + logging_time(p);
    lines.push_back({visitors, "visitors"});
    add(welcomed(p, visitors));
    lines.push_back({lines.back().at, "closed"});
    return lines;
}

/// Returns: whether `text` was said at `instant`.
bool said_at(const lab::Run& run, lab::ms instant, const std::string& text) {
    const auto lines = run.transcript();
    return std::find(lines.begin(), lines.end(), lab::Line{instant, text}) != lines.end();
}

/// One of `lines` was said twice, while another is not where it should be.
bool one_said_for_another(const lab::Run& run, const lab::Transcript& lines) {
    const bool twice = std::any_of(lines.begin(), lines.end(), [&](const lab::Line& line) {
        return run.lines_with(line.text) > 1;
    });
    return twice && std::any_of(lines.begin(), lines.end(), [&](const lab::Line& line) {
               return !said_at(run, line.at, line.text);
           });
}

/// A name of one cast was said when one of the other was due.
bool casts_are_mixed(const Params& p, const lab::Run& run) {
    const auto lines = announced(p);
    for (const Cast& cast : p.casts) {
        for (const std::string& name : cast.names) {
            for (const lab::Line& due : lines) {
                const auto own = due.at % cast.step;
                if (own != 0ms && said_at(run, due.at, name + ", please")) {
                    return true;
                }
            }
        }
    }
    return false;
}

/// Both logs are over, and one of them has said nothing, or what belongs to the other.
bool logs_are_mixed(const Params& p, const lab::Run& run) {
    std::size_t silent = 0;
    for (const Log& log : p.logs) {
        const auto lines = run.transcript();
        silent += std::none_of(lines.begin(), lines.end(), [&](const lab::Line& line) {
            return line.text.rfind(log.prefix + ": ", 0) == 0;
        });
        for (const Log& other : p.logs) {
            for (const std::string& entry : other.entries) {
                if (other.prefix != log.prefix && run.contains(log.prefix + ": " + entry)) {
                    return true;
                }
            }
        }
    }
    return silent == 1 && run.contains("visitors");
}

/// All names of a cast were said when it was called, or all entries of a log. Returns: the last of
/// these lines, as it should be.
std::optional<lab::Line> said_at_once(const Params& p, const lab::Run& run) {
    const auto all_at = [&run](lab::ms instant, const lab::Transcript& lines) {
        return std::all_of(lines.begin(), lines.end(),
                           [&](const lab::Line& line) { return said_at(run, instant, line.text); });
    };
    for (const Cast& cast : p.casts) {
        const auto lines = announced({{cast}, {}, {}, {}});
        if (all_at(0ms, lines)) {
            return lines.back();
        }
    }
    const lab::ms logs = announcing_time(p);
    for (const Log& log : p.logs) {
        const auto lines = logged({{}, {log}, p.pause, {}}, logs);
        if (all_at(logs, lines)) {
            return lines.back();
        }
    }
    return std::nullopt;
}

} // namespace

TEST_CASE("each string lives as long as somebody uses it") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const lab::ms logs = announcing_time(p);
    const lab::ms visitors = logs + logging_time(p);
    const bool gone = used_what_was_gone(run);
    const bool all_called = missing(run, announced(p)) == 0;
    const bool all_logged = missing(run, logged(p, logs)) == 0;
    const bool shared = one_said_for_another(run, announced(p)) || casts_are_mixed(p, run) ||
                        logs_are_mixed(p, run) || one_said_for_another(run, welcomed(p, visitors));
    const auto too_early = said_at_once(p, run);

    lab::suspect("M10", "R11", run.warned("nested_run"));
    lab::suspect("M25", "R6", run.count("block") > 0);
    lab::suspect("M01", "R16", run.warned("never_awaited"));
    lab::suspect("M23-shared", "R5", shared);
    lab::suspect("at-once", "R6", too_early.has_value(),
                 {{"text", too_early.value_or(lab::Line{}).text},
                  {"due", ms_text(too_early.value_or(lab::Line{}).at)}});
    lab::suspect("M23-temporary", "R1", gone && all_called && all_logged);
    lab::suspect("M23-lambda", "R2", gone && all_called && !all_logged);
    lab::suspect("M23", "R5", gone && !all_called);

    CHECK_TRANSCRIPT(run, expected(p));
}
