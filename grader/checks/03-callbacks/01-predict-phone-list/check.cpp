// check.cpp: decides for which machine a prediction of phone_list.cpp is right: this one or
// another.
//
// Design: the goal is one list and one queue: a future keeps its callbacks and waiters in the order
// in which they came, completing it appends them, and a done future appends at once. Left out on
// purpose: time, errors, a task that awaits a done future; the belief that create_task waits (M02)
// predicts nothing at all. The model loop says what is right. Students mix its wrong machines, so
// the recognisers ask who speaks before whom.
#include <judge/check.hpp>
#include <model/model.hpp>

#include "params.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using namespace exercise;

LAB_CHECK("03-callbacks/01-predict-phone-list")

namespace {

const std::string before_set = "before set";
const std::string after_set = "after set";
const std::string all_know = "all know";

/// The program of the task, for the model loop.
lab::model::Program phone_list(const Params& p) {
    using namespace lab::model;
    const std::string part = "part";
    const auto add = [&](const std::string& name) {
        return on_done(part, {say(name + ": " + std::to_string(p.value))});
    };
    const bool soon_first = p.value % 2 == 0;
    const Step queue_soon = call_soon({say(p.soon + ": soon")});

    Body main = {create_future(part)};
    for (const auto& name : p.waiters) {
        main.push_back(create_task(name, Coro{"actor", {await(part), say(name + ": {}")}}));
    }
    main.push_back(add(p.early.front()));
    main.push_back(sleep(lab::ms(0)));
    for (std::size_t i = 1; i < p.early.size(); ++i) {
        main.push_back(add(p.early[i]));
    }
    main.push_back(say(before_set));
    if (soon_first) {
        main.push_back(queue_soon);
    }
    main.push_back(set_result(part, std::to_string(p.value)));
    if (!soon_first) {
        main.push_back(queue_soon);
    }
    main.push_back(p.late_after_line ? say(after_set) : add(p.late));
    main.push_back(p.late_after_line ? add(p.late) : say(after_set));
    for (const auto& name : p.waiters) {
        main.push_back(await(name));
    }
    main.push_back(say(all_know));
    return Program(main);
}

/// Who speaks at which place of a prediction.
class Order {
public:
    Order(const lab::Transcript& said, const Params& p)
        : soon(p.soon + ": soon"), late(hears(p.late, p)), said_(said) {
        for (const auto& name : p.early) {
            early.push_back(hears(name, p));
        }
        for (const auto& name : p.waiters) {
            waiters.push_back(hears(name, p));
        }
        list = early;
        list.insert(list.end(), waiters.begin(), waiters.end());
    }

    /// Each line of the case is there once, perhaps without the late one, and no other line.
    bool is_this_case() const {
        std::vector<std::string> expected = list;
        expected.insert(expected.end(), {before_set, after_set, all_know, soon});
        return std::all_of(expected.begin(), expected.end(),
                           [&](const std::string& line) { return has(line); }) &&
               said_.size() == expected.size() + (has(late) ? 1 : 0);
    }
    bool has(const std::string& line) const { return place(line) < said_.size(); }

    std::size_t place(const std::string& line) const {
        const auto found = std::find_if(said_.begin(), said_.end(),
                                        [&](const lab::Line& one) { return one.text == line; });
        return static_cast<std::size_t>(found - said_.begin());
    }
    bool before(const std::string& a, const std::string& b) const {
        return has(a) && has(b) && place(a) < place(b);
    }
    /// Returns: some line of `lines` comes before `b`.
    bool any_before(const std::vector<std::string>& lines, const std::string& b) const {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const std::string& a) { return before(a, b); });
    }
    /// Returns: all lines of `lines` come before `b`.
    bool all_before(const std::vector<std::string>& lines, const std::string& b) const {
        return std::all_of(lines.begin(), lines.end(),
                           [&](const std::string& a) { return before(a, b); });
    }
    bool in_order(const std::vector<std::string>& lines) const {
        return std::is_sorted(
            lines.begin(), lines.end(),
            [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
    }

    std::string soon, late;
    std::vector<std::string> early, waiters;
    std::vector<std::string> list; ///< early and waiters

private:
    static std::string hears(const std::string& name, const Params& p) {
        return name + ": " + std::to_string(p.value);
    }

    const lab::Transcript& said_;
};

/// Some line is said later than at 0: a turn takes time.
bool takes_time(const lab::Transcript& said) {
    return std::any_of(said.begin(), said.end(),
                       [](const lab::Line& line) { return line.at > lab::ms(0); });
}

/// A callback speaks in the line that adds it, before there is anything to tell.
bool called_when_added(const Order& o) { return o.any_before(o.list, before_set); }

/// Somebody on the list speaks inside set_result.
bool called_inside_set_result(const Order& o) { return o.any_before(o.list, after_set); }

/// The callback of call_soon speaks inside call_soon.
bool called_inside_call_soon(const Order& o) { return o.before(o.soon, after_set); }

/// The actors speak when everybody else has, as if they began to wait when main awaits them.
bool actors_come_last(const Order& o) {
    return o.all_before(o.early, o.late) && o.before(o.late, o.waiters.front()) &&
           o.before(o.soon, o.waiters.front());
}

/// All callbacks, the late one too, are phoned before all actors, who are still on the list.
bool late_goes_with_the_callbacks(const Order& o) {
    return o.early.size() > 1 && o.all_before(o.early, o.late) &&
           o.before(o.late, o.waiters.front()) && !actors_come_last(o);
}

/// The late callback is lost, or called in the line that adds it, or ahead of the list.
bool late_is_lost_or_called(const Order& o) {
    return !o.has(o.late) || o.before(o.late, after_set) ||
           std::any_of(o.early.begin(), o.early.end(),
                       [&](const std::string& line) { return o.before(o.late, line); }) ||
           (o.before(o.late, o.waiters.front()) && !actors_come_last(o) &&
            !late_goes_with_the_callbacks(o));
}

/// The first actor speaks in the right place, the last one when main awaits that task.
bool actors_speak_when_awaited(const Order& o) {
    return o.before(o.waiters.front(), o.late) && o.all_before(o.early, o.waiters.back()) &&
           o.before(o.soon, o.waiters.back()) && o.before(o.late, o.waiters.back());
}

/// main's last line comes before an actor has spoken whom it awaits.
bool main_does_not_wait(const Order& o) { return !o.all_before(o.waiters, all_know); }

/// main goes on in the moment in which the last actor is done, ahead of those who are queued.
bool main_goes_on_at_once(const Order& o) {
    const auto after_actors = [&](const std::string& line) {
        return o.all_before(o.waiters, line) && o.before(line, all_know);
    };
    const bool directly = !after_actors(o.soon) && !after_actors(o.late) &&
                          std::none_of(o.early.begin(), o.early.end(), after_actors);
    return directly && o.all_before(o.waiters, all_know) && o.before(all_know, o.late);
}

/// The late callback comes behind everything, main's last line too.
bool late_waits_a_turn(const Order& o) {
    return o.all_before(o.list, all_know) && o.before(o.soon, all_know) &&
           o.before(all_know, o.late);
}

/// The latest number on the list is dialled first.
bool newest_first(const Order& o) {
    return (o.early.size() > 1 && o.before(o.early.back(), o.early.front())) ||
           !o.in_order(o.waiters);
}

/// The actors stand on the list before the first callback.
bool actors_come_first(const Order& o) {
    return o.all_before(o.waiters, o.early.front()) && o.in_order(o.waiters) && o.in_order(o.early);
}

/// All callbacks are phoned before all actors.
bool callbacks_come_first(const Order& o) {
    return o.early.size() > 1 && o.all_before(o.early, o.waiters.front()) &&
           (o.before(o.waiters.front(), o.late) || late_goes_with_the_callbacks(o));
}

/// The future's numbers have a queue of their own, which is emptied before anything else.
bool list_has_its_own_queue(const Order& o) {
    return o.before(o.late, o.soon) && o.all_before(o.list, o.soon) &&
           !late_goes_with_the_callbacks(o);
}

/// What is called "soon" goes ahead of those who were queued before it.
bool soon_overtakes(const Order& o, const Params& p) {
    return p.value % 2 != 0 && o.before(after_set, o.soon) &&
           std::none_of(o.list.begin(), o.list.end(),
                        [&](const std::string& line) { return o.before(line, o.soon); });
}

/// The call_soon stands before set_result, and its callback speaks as if it stood behind it.
bool soon_stays_behind_set_result(const Order& o, const Params& p) {
    return p.value % 2 == 0 && o.all_before(o.list, o.soon) && o.before(o.soon, o.late);
}

} // namespace

TEST_CASE("the transcript of phone_list.cpp, for any names, numbers and values") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const lab::Transcript said = run.transcript();
    const Order o(said, p);

    if (o.is_this_case()) {
        const lab::Facts who = {{"first", p.early.front()},
                                {"last", p.early.back()},
                                {"actor", p.waiters.front()},
                                {"last_actor", p.waiters.back()},
                                {"late", p.late},
                                {"soon", p.soon},
                                {"value", std::to_string(p.value)}};
        lab::suspect("turns-take-time", "R6", takes_time(said), who);
        lab::suspect("called-when-added", "R4", called_when_added(o), who);
        lab::suspect("M19", "R4", called_inside_set_result(o), who);
        lab::suspect("M11", "R5", called_inside_call_soon(o), who);
        lab::suspect("newest-first", "R4", newest_first(o), who);
        lab::suspect("M19-late", "R4", late_is_lost_or_called(o), who);
        lab::suspect("M09", "R3", main_does_not_wait(o), who);
        lab::suspect("M19-main", "R4", main_goes_on_at_once(o), who);
        lab::suspect("late-waits", "R4", late_waits_a_turn(o), who);
        lab::suspect("M04", "R2", actors_come_last(o), who);
        lab::suspect("M05", "R3", actors_speak_when_awaited(o), who);
        lab::suspect("M03", "R2", actors_come_first(o), who);
        lab::suspect("callbacks-first", "R4", callbacks_come_first(o), who);
        lab::suspect("own-queue", "R4", list_has_its_own_queue(o), who);
        lab::suspect("soon-overtakes", "R5", soon_overtakes(o, p), who);
        lab::suspect("soon-in-one-place", "R5", soon_stays_behind_set_result(o, p), who);
    }

    CHECK_TRANSCRIPT(run, lab::model::run(phone_list(p)));
}
