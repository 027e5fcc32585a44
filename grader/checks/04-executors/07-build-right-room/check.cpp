// check.cpp: decides whether every job ran in its room, and whether its report tells the truth.
//
// Design: the goal is to find the right room for each kind of work, and to bring home over a border
// what must come home: a result, and a time. Jobs of fresh cases may take longer than their cost,
// so that a time has to be measured. Left out on purpose: jobs that fail, and a second run(). Known
// machines:
// a block on the loop (M25), a pool without a limit (M28), an await at the hatch (M26), a counter
// on the table next door (M30), times taken on the wrong side of the hatch (three-moments).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <cstdio>
#include <set>

using namespace exercise;

LAB_CHECK("04-executors/07-build-right-room")

namespace {

/// A report, as the driver says it.
struct Said {
    std::string name;
    std::string room;
    int waited = 0;
    int ran = 0;
    int total = 0;

    bool same_place(const Said& other) const { return name == other.name && room == other.room; }
    bool same_times(const Said& other) const { return waited == other.waited && ran == other.ran; }
};

std::string room_text(Room room) {
    return room == Room::threads     ? "thread pool"
           : room == Room::processes ? "process pool"
                                     : "loop";
}

std::string text(const Said& said) {
    return said.name + ": " + said.room + ", waited " + std::to_string(said.waited) + " ms, ran " +
           std::to_string(said.ran) + " ms, total " + std::to_string(said.total);
}

/// Returns: the reports that are due, in order.
std::vector<Said> right_reports(const Params& p) {
    const auto begun = starts(p);
    std::vector<Said> reports;
    int total = 0;
    for (const std::size_t i : by_finish(p)) {
        const DrawnJob& job = p.jobs[i];
        total += job.add;
        reports.push_back({job.name, room_text(job.room), static_cast<int>(begun[i].at.count()),
                           static_cast<int>(job.takes().count()), total});
    }
    return reports;
}

/// Returns: the reports of the run, in order.
std::vector<Said> said_reports(const lab::Run& run) {
    std::vector<Said> reports;
    for (const auto& line : run.transcript()) {
        const auto colon = line.text.find(": ");
        const auto comma = line.text.find(", waited ");
        Said said;
        if (comma != std::string::npos && colon < comma &&
            std::sscanf(line.text.c_str() + comma, ", waited %d ms, ran %d ms, total %d",
                        &said.waited, &said.ran, &said.total) == 3) {
            said.name = line.text.substr(0, colon);
            said.room = line.text.substr(colon + 2, comma - colon - 2);
            reports.push_back(said);
        }
    }
    return reports;
}

lab::ms end_of(const Params& p) {
    const std::size_t last = by_finish(p).back();
    return p.begin + starts(p)[last].at + p.jobs[last].takes();
}

lab::Transcript expected(const Params& p) {
    const lab::ms end = end_of(p);
    lab::Transcript lines;
    const auto reports = right_reports(p);
    for (const Said& report : reports) {
        lines.push_back({end, text(report)});
    }
    lines.push_back({end, "counter " + std::to_string(reports.back().total)});
    lines.push_back({end, "heartbeat: on time"});
    lines.push_back({end, "workers left: 0"});
    return lines;
}

/// What the trace says of one kind of pool.
struct Pool {
    int jobs = 0;
    int peak = 0;                     ///< how many jobs ran at once
    std::multiset<lab::ms> durations; ///< of the jobs
    std::int64_t last = 0;            ///< when the last job was handed in, in microseconds
};

Pool pool(const lab::Run& run, const char* kind) {
    Pool seen;
    std::set<std::int64_t> running;
    for (const auto& event : run.events()) {
        const bool here = event.text("pool") == kind;
        if (event.ev == "exec.submit" && here) {
            ++seen.jobs;
            seen.last = event.t;
        } else if (event.ev == "exec.start" && here) {
            running.insert(event.number("job"));
            seen.peak = std::max(seen.peak, static_cast<int>(running.size()));
        } else if (event.ev == "exec.end" && running.erase(event.number("job")) > 0) {
            seen.durations.insert(lab::ms(event.number("dur") / 1000));
        }
    }
    return seen;
}

/// Returns: how long the jobs of this room take.
std::multiset<lab::ms> costs(const Params& p, Room room) {
    std::multiset<lab::ms> costs;
    for (const DrawnJob& job : p.jobs) {
        if (job.room == room) {
            costs.insert(job.takes());
        }
    }
    return costs;
}

/// Another number of jobs went to this room, or one of them is a job of another room.
bool holds_others(const Params& p, Room room, const Pool& seen) {
    const auto own = costs(p, room);
    return static_cast<std::size_t>(seen.jobs) != own.size() ||
           std::any_of(p.jobs.begin(), p.jobs.end(), [&](const DrawnJob& job) {
               return job.room != room &&
                      seen.durations.count(job.takes()) > own.count(job.takes());
           });
}

/// Returns: the longest block of the loop's thread.
lab::ms longest_block_of_the_loop(const lab::Run& run) {
    std::int64_t longest = 0;
    for (const auto& event : run.events()) {
        if (event.ev == "block" && event.lane == "loop") {
            longest = std::max(longest, event.number("dur"));
        }
    }
    return lab::ms(longest / 1000);
}

bool heart_was_late(const lab::Run& run) {
    const auto lines = run.transcript();
    return std::any_of(lines.begin(), lines.end(), [](const lab::Line& line) {
        return line.text.rfind("heartbeat: ", 0) == 0 && line.text != "heartbeat: on time";
    });
}

lab::ms end_of(const lab::Run& run) {
    const auto lines = run.transcript();
    return lines.empty() ? 0ms : lines.back().at;
}

/// Returns: what the counter would show if all rooms but this one could change it.
int sum_without(const Params& p, Room room) {
    int sum = 0;
    for (const DrawnJob& job : p.jobs) {
        sum += job.room == room ? 0 : job.add;
    }
    return sum;
}

/// Every job of a process is reported with the count of its process alone.
bool totals_are_copies(const Params& p, const std::vector<Said>& reports) {
    const auto begun = starts(p);
    std::vector<int> next_door(p.jobs.size());
    bool differs = false;
    int total = 0;
    for (const std::size_t i : by_finish(p)) {
        const DrawnJob& job = p.jobs[i];
        total += job.add;
        if (job.room != Room::processes) {
            continue;
        }
        const int copy = next_door[begun[i].worker] += job.add;
        const auto said = std::find_if(reports.begin(), reports.end(),
                                       [&](const Said& report) { return report.name == job.name; });
        if (said == reports.end() || said->total != copy) {
            return false;
        }
        differs = differs || copy != total;
    }
    return differs;
}

/// A process worked for as long as no job of its room takes, and the report says so: it read what
/// to do from its copy of the memory.
bool read_the_copy(const Params& p, const Pool& seen, const std::vector<Said>& reports) {
    const auto own = costs(p, Room::processes);
    return std::any_of(reports.begin(), reports.end(), [&](const Said& said) {
        const lab::ms ran(said.ran);
        return said.room == room_text(Room::processes) && own.count(ran) == 0 &&
               seen.durations.count(ran) > 0;
    });
}

bool in_argument_order(const Params& p, const std::vector<Said>& reports) {
    return std::equal(reports.begin(), reports.end(), p.jobs.begin(), p.jobs.end(),
                      [](const Said& a, const DrawnJob& b) { return a.name == b.name; });
}

/// A job of the loop began later than the others: its wait is not its own length.
bool coroutine_waited(const std::vector<Said>& reports) {
    return std::any_of(reports.begin(), reports.end(), [](const Said& said) {
        return said.room == room_text(Room::loop) && said.waited > 0 && said.waited != said.ran;
    });
}

bool all(const std::vector<Said>& a, const std::vector<Said>& b,
         bool (Said::*same)(const Said&) const) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [same](const Said& x, const Said& y) { return (x.*same)(y); });
}

/// Every report tells the cost of its job as the time that it ran, and some jobs took longer.
bool ran_for_its_cost(const Params& p, const std::vector<Said>& reports) {
    bool longer = false;
    for (const Said& said : reports) {
        const auto job = std::find_if(p.jobs.begin(), p.jobs.end(), [&](const DrawnJob& drawn) {
            return drawn.name == said.name && drawn.cost == lab::ms(said.ran);
        });
        if (job == p.jobs.end()) {
            return false;
        }
        longer = longer || job->takes() != job->cost;
    }
    return longer;
}

bool left_workers(const lab::Run& run) {
    return run.count("say", "text", "workers left: 0") == 0 && run.exit() == "ok";
}

} // namespace

TEST_CASE("every job runs in its room, and its report tells when, where and how much") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const auto right = expected(p);
    const auto due = right_reports(p);
    const auto reports = said_reports(run);
    const int io = jobs_in(p, Room::threads);
    const int cpu = jobs_in(p, Room::processes);
    const Pool threads = pool(run, "thread");
    const Pool processes = pool(run, "process");
    const bool late = end_of(run) > end_of(p);
    const bool one_by_one = std::max(threads.last, processes.last) > p.begin.count() * 1000;
    const bool places = all(reports, due, &Said::same_place);
    const bool times = all(reports, due, &Said::same_times);
    const int without = sum_without(p, Room::processes);
    const lab::Facts facts = {{"block", ms_text(longest_block_of_the_loop(run))},
                              {"end", ms_text(end_of(p))},
                              {"late_end", ms_text(end_of(run))},
                              {"io", std::to_string(io)},
                              {"cpu", std::to_string(cpu)},
                              {"in_threads", std::to_string(threads.jobs)},
                              {"in_processes", std::to_string(processes.jobs)},
                              {"threads", std::to_string(p.threads)},
                              {"processes", std::to_string(p.processes)},
                              {"thread_peak", std::to_string(threads.peak)},
                              {"process_peak", std::to_string(processes.peak)},
                              {"sum", std::to_string(due.back().total)},
                              {"without", std::to_string(without)}};

    lab::suspect("M25", "R6", longest_block_of_the_loop(run) > 0ms, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("shutdown-blocks", "R9", heart_was_late(run), facts);
    lab::suspect("M09", "R11", reports.size() < p.jobs.size() && tasks_were_cut(run), facts);
    lab::suspect("wrong-room", "R9",
                 holds_others(p, Room::threads, threads) ||
                     holds_others(p, Room::processes, processes),
                 facts);
    lab::suspect("M28", "R9", threads.peak > p.threads || processes.peak > p.processes, facts);
    lab::suspect("M26", "R9", late && one_by_one, facts);
    lab::suspect("M30-old-copy", "R9", read_the_copy(p, processes, reports), facts);
    lab::suspect("M30-copy", "R9", totals_are_copies(p, reports), facts);
    lab::suspect("M30", "R9", run.contains("counter " + std::to_string(without)), facts);
    lab::suspect("M05", "R3", in_argument_order(p, reports), facts);
    lab::suspect("not-measured", "R9", places && ran_for_its_cost(p, reports), facts);
    lab::suspect("M02", "R3", late || coroutine_waited(reports), facts);
    lab::suspect("three-moments", "R9", places && !times, facts);
    lab::suspect("totals", "R9", places && times && missing(run, right) > 0 && !left_workers(run),
                 facts);
    lab::suspect("left-open", "R11", left_workers(run), facts);

    CHECK_TRANSCRIPT(run, right);
    CHECK_MESSAGE(threads.durations == costs(p, Room::threads),
                  "your run sent other work to a thread pool than the io jobs");
    CHECK_MESSAGE(processes.durations == costs(p, Room::processes),
                  "your run sent other work to a process pool than the cpu jobs");
    CHECK_MESSAGE(threads.peak <= p.threads, "your run had too many threads at work");
    CHECK_MESSAGE(processes.peak <= p.processes, "your run had too many processes at work");
}
