// params.cpp: how the cases of 04-executors/07 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>
#include <set>

namespace exercise {

int jobs_in(const Params& p, Room room) {
    return static_cast<int>(std::count_if(p.jobs.begin(), p.jobs.end(),
                                          [&](const DrawnJob& job) { return job.room == room; }));
}

std::vector<Start> starts(const Params& p) {
    std::array<std::vector<Time>, 3> free_at; // by room and worker
    std::vector<Start> starts;
    for (const DrawnJob& job : p.jobs) {
        auto& workers = free_at[static_cast<std::size_t>(job.room)];
        auto next = std::min_element(workers.begin(), workers.end());
        if (static_cast<int>(workers.size()) < p.workers(job.room)) {
            next = workers.insert(workers.end(), 0ms);
        }
        starts.push_back({*next, static_cast<std::size_t>(next - workers.begin())});
        *next += job.takes();
    }
    return starts;
}

std::vector<std::size_t> by_finish(const Params& p) {
    const auto begun = starts(p);
    std::vector<std::pair<Time, std::size_t>> ends;
    for (std::size_t i = 0; i < p.jobs.size(); ++i) {
        ends.emplace_back(begun[i].at + p.jobs[i].takes(), i);
    }
    std::sort(ends.begin(), ends.end());
    std::vector<std::size_t> places;
    for (const auto& end : ends) {
        places.push_back(end.second);
    }
    return places;
}

Time takes(Time cost, int add) { return add > 7 ? cost + 40ms : cost; }

bool tells_the_order(const Params& p) {
    const auto begun = starts(p);
    const auto places = by_finish(p);
    const auto end = [&](std::size_t i) { return begun[i].at + p.jobs[i].takes(); };
    std::set<Time> lengths;
    for (const DrawnJob& job : p.jobs) {
        lengths.insert(job.takes());
    }
    if (lengths.size() < p.jobs.size()) {
        return false;
    }
    for (std::size_t k = 1; k < places.size(); ++k) {
        if (end(places[k - 1]) == end(places[k])) {
            return false;
        }
    }
    return !std::is_sorted(places.begin(), places.end());
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {50ms,
                2,
                1,
                {{"mail", Room::threads, 100ms, 1},
                 {"crop", Room::processes, 200ms, 5},
                 {"chat", Room::loop, 150ms, 4},
                 {"news", Room::threads, 300ms, 2},
                 {"maps", Room::threads, 120ms, 3},
                 {"ping", Room::loop, 250ms, 7},
                 {"zip", Room::processes, 150ms, 6}}};
    }
    lab::Draw d(seed);
    const int for_threads = d.between(2, 4);
    const int for_processes = d.between(2, 3);
    const int for_loop = 2;
    Params p{d.delay(10, 200),
             d.between(1, std::min(3, for_threads - 1)),
             d.between(1, for_processes),
             {}};
    for (int i = 0; i < for_threads + for_processes + for_loop; ++i) {
        const Room room = i < for_threads                   ? Room::threads
                          : i < for_threads + for_processes ? Room::processes
                                                            : Room::loop;
        const bool first = i == 0 || i == for_threads || i == for_threads + for_processes;
        p.jobs.push_back({d.name(), room, 0ms, d.between(first ? 8 : 1, 9)});
    }
    do {
        const auto costs = d.distinct_delays(static_cast<int>(p.jobs.size()), 50, 500);
        for (std::size_t i = 0; i < p.jobs.size(); ++i) {
            p.jobs[i].cost = costs[i];
        }
        d.shuffle(p.jobs);
    } while (!tells_the_order(p));
    return p;
}

} // namespace exercise
