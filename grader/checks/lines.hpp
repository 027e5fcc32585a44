// lines.hpp: small questions about a run that the checks of several lessons share.
#pragma once
#include <judge/check.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace exercise {

/// Returns: how many lines of `expected` were never said, at whatever time.
inline std::size_t missing(const lab::Run& run, const lab::Transcript& expected) {
    return static_cast<std::size_t>(
        std::count_if(expected.begin(), expected.end(),
                      [&](const lab::Line& line) { return !run.contains(line.text); }));
}

/// Returns: the lines in the order of their times; lines of one instant keep their order. (Inserted
/// one by one: for clang 19, the std::stable_sort of g++ 12's library uses a function that is
/// deprecated.)
inline lab::Transcript by_time(const lab::Transcript& lines) {
    lab::Transcript sorted;
    for (const auto& line : lines) {
        const auto place =
            std::upper_bound(sorted.begin(), sorted.end(), line,
                             [](const lab::Line& a, const lab::Line& b) { return a.at < b.at; });
        sorted.insert(place, line);
    }
    return sorted;
}

/// Returns: the events from the start of main to its end; what run() does afterwards is not the
/// answer's.
inline std::vector<lab::Event> while_main_runs(const lab::Run& run) {
    const auto& events = run.events();
    const auto is = [](const char* kind) {
        return [kind](const lab::Event& event) { return event.ev == kind; };
    };
    const auto main = std::find_if(events.begin(), events.end(), is("task.new"));
    const auto end = std::find_if(main, events.end(), [&](const lab::Event& event) {
        return event.ev == "task.done" && event.number("task") == main->number("task");
    });
    return {main, end};
}

/// Returns: the events that made a task, without the one that made main.
inline std::vector<lab::Event> tasks_made(const lab::Run& run) {
    std::vector<lab::Event> made;
    for (const auto& event : while_main_runs(run)) {
        if (event.ev == "task.new") {
            made.push_back(event);
        }
    }
    if (!made.empty()) {
        made.erase(made.begin());
    }
    return made;
}

/// Returns: whether run() had to cancel tasks that were left when main ended (R11).
inline bool tasks_were_cut(const lab::Run& run) {
    const auto before = while_main_runs(run);
    return run.count("task.cancel") >
           static_cast<std::size_t>(
               std::count_if(before.begin(), before.end(),
                             [](const lab::Event& event) { return event.ev == "task.cancel"; }));
}

/// Returns: whether the address sanitizer stopped the run at the use of something that was gone.
inline bool used_what_was_gone(const lab::Run& run) {
    const std::vector<std::string> reports = {"heap-use-after-free", "stack-use-after-return",
                                              "stack-use-after-scope"};
    const bool stopped = run.exit().empty();
    return stopped && std::any_of(reports.begin(), reports.end(), [&](const std::string& report) {
               return run.stderr_text().find("ERROR: AddressSanitizer: " + report) !=
                      std::string::npos;
           });
}

/// Returns: whether the address sanitizer stopped the run where the loop's thread destroyed what it
/// had destroyed already. So it ends when a lambda that owns something stands inside a `co_await`
/// expression: g++ 12 destroys its captures twice.
inline bool destroyed_twice(const lab::Run& run) {
    const std::string& report = run.stderr_text();
    if (!run.exit().empty() ||
        (report.find("ERROR: AddressSanitizer: heap-use-after-free") == std::string::npos &&
         report.find("ERROR: AddressSanitizer: attempting double-free") == std::string::npos)) {
        return false;
    }
    const std::string thread = " thread T";
    for (auto at = report.find(thread); at != std::string::npos; at = report.find(thread, at + 1)) {
        if (report[at + thread.size()] != '0') {
            return false;
        }
    }
    return true;
}

/// Returns: "300 ms".
inline std::string ms_text(lab::ms time) { return std::to_string(time.count()) + " ms"; }

} // namespace exercise
