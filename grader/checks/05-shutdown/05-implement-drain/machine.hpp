// machine.hpp: what must be said in a case of 05-shutdown/05, for the checker.
#pragma once
#include "../../lines.hpp"
#include "params.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace exercise {

using Report = std::array<int, 4>; ///< finished, cut, failed, stuck

inline std::string drained(const Report& r) {
    return "drained: " + std::to_string(r[0]) + " finished, " + std::to_string(r[1]) + " cut, " +
           std::to_string(r[2]) + " failed, " + std::to_string(r[3]) + " stuck";
}

inline std::string called(const Round& round) {
    std::string text = "drain";
    for (const Job& job : round.jobs) {
        text += " " + job.name;
    }
    return text + (round.jobs.empty() ? " nobody" : "") + ", grace " +
           std::to_string(round.grace.count());
}

/// Returns: what the job says when it hears a request.
inline std::string request_heard(const Job& job) {
    return job.name + (job.habit == Habit::hurries   ? " hurries"
                       : job.habit == Habit::goes_on ? " goes on"
                                                     : " cut off");
}

/// Returns: when the job ends.
inline lab::ms end_of(const Round& round, const Job& job) {
    const bool by_itself = !is_asked(job) || job.habit == Habit::goes_on;
    return by_itself ? round.made + job.work : round.limit() + job.clean_up;
}

/// Returns: what the job says, in order.
inline lab::Transcript lines_of(const Round& round, const Job& job) {
    lab::Transcript lines;
    if (is_asked(job)) {
        lines.push_back({round.limit(), request_heard(job)});
    }
    const lab::ms end = end_of(round, job);
    switch (job.habit) {
    case Habit::fails:
    case Habit::breaks:
        lines.push_back({end, job.name + " fails"});
        break;
    case Habit::is_cancelled:
        lines.push_back({end, job.name + " cut off"});
        break;
    case Habit::leaves:
    case Habit::dawdles:
        if (job.clean_up > 0ms) {
            lines.push_back({end, job.name + " cleaned up"});
        }
        break;
    default:
        lines.push_back({end, job.name + " finished"});
    }
    return lines;
}

inline Report report_of(const Round& round) {
    Report report{};
    for (const Job& job : round.jobs) {
        const bool cut = job.habit == Habit::is_cancelled || job.habit == Habit::leaves;
        const bool failed = job.habit == Habit::fails || job.habit == Habit::breaks;
        ++report[is_stuck(job) ? 3 : failed ? 2 : cut ? 1 : 0];
    }
    return report;
}

inline bool somebody_is_stuck(const Round& round) {
    return std::any_of(round.jobs.begin(), round.jobs.end(), is_stuck);
}

/// Returns: when drain returns: with the last job, or at the end of the second grace.
inline lab::ms return_of(const Round& round) {
    lab::ms last = round.called;
    for (const Job& job : round.jobs) {
        last = std::max(last, end_of(round, job));
    }
    return std::min(last, round.last());
}

inline lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    for (const Round& round : p.rounds) {
        lines.push_back({round.called, called(round)});
        for (const Job& job : round.jobs) {
            const auto said = lines_of(round, job);
            lines.insert(lines.end(), said.begin(), said.end());
        }
        lines.push_back({return_of(round), drained(report_of(round))});
    }
    return by_time(lines);
}

/// Returns: `right` with the requests of one instant in the order in which the run has them: drain
/// may ask the tasks in any order.
inline lab::Transcript in_order_of(const lab::Transcript& said, lab::Transcript right) {
    const auto request = [](const lab::Line& line) {
        const auto ends_with = [&](const std::string& end) {
            return line.text.size() > end.size() &&
                   line.text.compare(line.text.size() - end.size(), end.size(), end) == 0;
        };
        return ends_with(" cut off") || ends_with(" hurries") || ends_with(" goes on");
    };
    for (auto first = right.begin(); first != right.end(); ++first) {
        const auto last = std::find_if(first, right.end(), [&](const lab::Line& line) {
            return line.at != first->at || !request(line);
        });
        const auto begin = static_cast<std::size_t>(first - right.begin());
        const auto count = static_cast<std::size_t>(last - first);
        if (count > 1 && said.size() >= begin + count &&
            std::is_permutation(first, last, said.begin() + static_cast<std::ptrdiff_t>(begin))) {
            std::copy_n(said.begin() + static_cast<std::ptrdiff_t>(begin), count, first);
        }
    }
    return right;
}

} // namespace exercise
