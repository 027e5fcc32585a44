// check.cpp: decides whether the images are resized next door, and every client's replies keep
// their order.
//
// Design: the goal is to take a block out of a handler, and to keep what the block has kept by
// accident: the order. A reply may come at any time that the task's rules allow, so the trace of
// the jobs and the order of each client's replies decide, and the times are taken from the run. A
// run whose replies are missing or out of order is compared with that of the solution, since its
// own times, put in order, may be such as no program could have. Left out on purpose:
// errors in a handler, clients that leave. Known machines: a coroutine around the block (M25), a
// task for each message and no chain (M05), a chain that ends before the reply
// (chain-ends-too-early), no limit (M43), one chain for all images or all replies, or a place that
// is held while waiting (needless-wait), an order that a sleep is to make (M46), an object that
// nobody runs (M01).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <map>

using namespace exercise;

LAB_CHECK("04-executors/03-fix-blocking-handler")

namespace {

std::string reply(const Params& p, const Message& message) {
    return p.name_of(message.client) + ": image of " + std::to_string(resized(message.size)) +
           " KB";
}

/// Returns: when each reply comes if a client's message is begun after the reply to the one before.
std::vector<lab::ms> chained_replies(const Params& p) {
    const std::size_t count = p.messages.size();
    std::vector<lab::ms> replied(count, -1ms);
    std::vector<lab::ms> free_at(cores, 0ms);
    const auto ready = [&](std::size_t i) {
        lab::ms when = p.messages[i].at;
        for (std::size_t before = 0; before < i; ++before) {
            if (p.messages[before].client == p.messages[i].client) {
                when = replied[before] < 0ms ? lab::ms::max() : std::max(when, replied[before]);
            }
        }
        return when;
    };
    for (std::size_t planned = 0; planned < count; ++planned) {
        std::size_t next = count;
        for (std::size_t i = 0; i < count; ++i) {
            if (replied[i] < 0ms && (next == count || ready(i) < ready(next))) {
                next = i;
            }
        }
        auto& lane = *std::min_element(free_at.begin(), free_at.end());
        lane = std::max(lane, ready(next)) + lab::ms(p.messages[next].size);
        replied[next] = lane + p.messages[next].lookup;
    }
    return replied;
}

/// The work on one image, as the trace shows it. Times are in microseconds.
struct Work {
    std::int64_t begin = -1, end = -1;
};

/// Returns: of each message the job that has resized its image, if there is one: sizes are
/// distinct, and a job lasts as long as its image's size.
std::vector<Work> works_of(const Params& p, const lab::Run& run) {
    std::map<std::int64_t, std::int64_t> started;
    std::vector<Work> works(p.messages.size());
    for (const auto& event : run.events()) {
        if (event.ev == "exec.start") {
            started[event.number("job")] = event.t;
        } else if (event.ev == "exec.end") {
            const auto begin = started[event.number("job")];
            for (std::size_t i = 0; i < works.size(); ++i) {
                if (p.messages[i].size * 1000 == event.t - begin) {
                    works[i] = {begin, event.t};
                }
            }
        }
    }
    return works;
}

/// Returns: how many jobs have been at work at once.
std::size_t peak(const lab::Run& run) {
    std::size_t running = 0, most = 0;
    for (const auto& event : run.events()) {
        if (event.ev == "exec.start") {
            most = std::max(most, ++running);
        } else if (event.ev == "exec.end" && running > 0) {
            --running;
        }
    }
    return most;
}

/// Returns: the longest time for which a callback has held the loop's thread.
lab::ms longest_callback(const lab::Run& run) {
    std::int64_t begin = 0, longest = 0;
    for (const auto& event : run.events()) {
        if (event.ev == "handle.begin") {
            begin = event.t;
        } else if (event.ev == "handle.end") {
            longest = std::max(longest, event.t - begin);
        }
    }
    return lab::ms(longest / 1000);
}

/// What the answer did with the messages of the case.
struct Answer {
    const Params& p;
    std::vector<lab::ms> said; ///< when each reply came; -1 if it did not come, or twice
    std::vector<Work> works;

    Answer(const Params& drawn, const lab::Run& run) : p(drawn), works(works_of(drawn, run)) {
        for (const Message& message : p.messages) {
            const auto text = reply(p, message);
            said.push_back(run.lines_with(text) == 1 ? *run.when(text) : -1ms);
        }
    }

    /// Returns: the replies to one client, as places in the list of messages.
    std::vector<std::size_t> of_client_of(std::size_t message) const {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < p.messages.size(); ++i) {
            if (p.messages[i].client == p.messages[message].client) {
                places.push_back(i);
            }
        }
        return places;
    }

    /// Returns: the replies, at the times of the run or at those of the solution.
    lab::Transcript replies_at(const std::vector<lab::ms>& times) const {
        lab::Transcript lines;
        for (std::size_t i = 0; i < p.messages.size(); ++i) {
            lines.push_back({times[i], reply(p, p.messages[i])});
        }
        lines = by_time(lines);
        lines.push_back({p.close, "server closed"});
        return lines;
    }

    /// Returns: the first message that was answered before an earlier one of its client, or the
    /// number of messages.
    std::size_t overtaker() const {
        for (std::size_t i = 0; i < said.size(); ++i) {
            for (const auto before : of_client_of(i)) {
                if (before < i && said[i] >= 0ms && said[i] < said[before]) {
                    return i;
                }
            }
        }
        return said.size();
    }

    /// No two images of one client were in work at once.
    bool images_keep_their_order() const {
        for (std::size_t i = 0; i < works.size(); ++i) {
            for (const auto before : of_client_of(i)) {
                if (before < i && works[i].begin < works[before].end) {
                    return false;
                }
            }
        }
        return true;
    }

    std::size_t in_work_at(std::int64_t t) const {
        return static_cast<std::size_t>(
            std::count_if(works.begin(), works.end(),
                          [t](const Work& work) { return work.begin <= t && t < work.end; }));
    }

    /// Returns: the first message whose image was not begun although fewer than four were in work
    /// and all earlier messages of its client had been answered; or the number of messages.
    std::size_t waited_for_nothing() const {
        for (std::size_t i = 0; i < works.size(); ++i) {
            lab::ms ready = p.messages[i].at;
            for (const auto before : of_client_of(i)) {
                ready = before < i ? std::max(ready, said[before]) : ready;
            }
            // The number of images in work falls when one of them ends: look there, and at once.
            std::vector<std::int64_t> moments = {ready.count() * 1000};
            for (const Work& work : works) {
                moments.push_back(work.end);
            }
            for (const auto t : moments) {
                if (t >= ready.count() * 1000 && t < works[i].begin && in_work_at(t) < cores) {
                    return i;
                }
            }
        }
        return works.size();
    }

    /// Returns: the first message whose reply waited, although its image, the name and the earlier
    /// replies to its client were there; or the number of messages.
    std::size_t reply_waited() const {
        for (std::size_t i = 0; i < works.size(); ++i) {
            lab::ms ready = lab::ms(works[i].end / 1000);
            lab::ms lookup = 0ms; // the longest: nobody says in which order a client is looked up
            for (const auto other : of_client_of(i)) {
                ready = other < i ? std::max(ready, said[other]) : ready;
                lookup = std::max(lookup, p.messages[other].lookup);
            }
            if (said[i] > ready + lookup) {
                return i;
            }
        }
        return works.size();
    }

    bool all_answered_once() const {
        return std::all_of(said.begin(), said.end(),
                           [&](lab::ms time) { return time >= 0ms && time < p.close; });
    }

    bool all_resized_once(const lab::Run& run) const {
        return run.count("exec.start") == works.size() &&
               std::all_of(works.begin(), works.end(),
                           [](const Work& work) { return work.begin >= 0; });
    }
};

/// Returns: how often the answer slept; the driver never does.
std::size_t sleeps(const lab::Run& run) {
    const auto& events = run.events();
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [](const lab::Event& event) {
            return event.ev == "coro.suspend" && event.text("on").rfind("a timer: sleep", 0) == 0;
        }));
}

} // namespace

TEST_CASE("the heartbeat is on time, and each client's replies keep their order") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Answer answer(p, run);
    const lab::ms held = longest_callback(run);
    const std::size_t count = p.messages.size();
    const std::size_t overtaker = answer.overtaker();
    const bool resized_once = answer.all_resized_once(run);
    const bool complete = resized_once && answer.all_answered_once() && held <= allowed_lag;
    const std::size_t idle = complete ? answer.waited_for_nothing() : count;
    const std::size_t waiter = idle < count || !complete ? idle : answer.reply_waited();
    const std::size_t most = peak(run);
    const bool overtaken = overtaker < count;
    const Message& named = p.messages[overtaken ? overtaker : waiter < count ? waiter : 0];
    const std::string what =
        (idle < count ? "the image of " : "the reply to the image of ") +
        std::to_string(named.size) + " from " + p.name_of(named.client) + " waited although " +
        (idle < count ? "fewer than four were in work" : "the image had been ready for long");
    const lab::Facts facts = {{"client", p.name_of(named.client)},
                              {"size", std::to_string(named.size)},
                              {"what", what},
                              {"peak", std::to_string(most)},
                              {"messages", std::to_string(count)},
                              {"held", ms_text(held)}};

    lab::suspect("M25", "R6", held > allowed_lag, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M46", "R8", sleeps(run) > 0 && (overtaken || waiter < count), facts);
    lab::suspect("chain-ends-too-early", "R9", overtaken && answer.images_keep_their_order(),
                 facts);
    lab::suspect("M05", "R9", overtaken, facts);
    lab::suspect("M43", "R9", most > cores, facts);
    lab::suspect("needless-wait", "R9", waiter < count, facts);

    // What the trace shows stands beside a transcript that is possible: there is none to compare.
    const auto object = [&](bool holds, const std::string& message) {
        if (!holds && !overtaken && answer.all_answered_once()) {
            lab::reject(lab::Verdict::wrong_content, message);
        }
    };
    object(held <= allowed_lag, "the loop's thread was held for " + ms_text(held) +
                                    " by one callback; 20 ms are allowed");
    object(resized_once, "each image must be resized once, by a job of its own");
    object(most <= cores,
           "at most four images may be in work at once, and there were " + std::to_string(most));
    object(waiter == count, what + ", and no earlier message of its client was open");

    const bool in_order = answer.all_answered_once() && !overtaken;
    CHECK_TRANSCRIPT_UNORDERED_TIES(run,
                                    answer.replies_at(in_order ? answer.said : chained_replies(p)));
}
