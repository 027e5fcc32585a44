// check.cpp: decides for which machine a prediction of turns.cpp is right: this one or another.
//
// Design: the goal is the snapshot: a turn serves those who stand in line when it begins, with the
// due timers behind them. Left out on purpose: time. The model loop says what is right. The right
// order is one line of people; each belief lets somebody overtake somebody, so the recognisers ask
// who overtakes whom, and a mixture of beliefs gets the hint of its most basic mistake.
#include <judge/check.hpp>
#include <model/model.hpp>

#include "params.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using namespace exercise;

LAB_CHECK("02-scheduling/01-predict-turns")

namespace {

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

/// The program of the task, for the model loop.
lab::model::Program turns(const Params& p) {
    using namespace lab::model;
    const Step queue_three = call_soon({say(p.three)});
    Body one = {say(p.one)};
    Body two = {say(p.two)};
    (p.two_queues_three ? two : one).push_back(queue_three);

    Body main;
    if (!p.zero.empty()) {
        main.push_back(call_later(lab::ms(0), {say(p.zero)}));
    }
    main.push_back(call_soon(one));
    main.push_back(call_soon(two));
    main.push_back(say(main_says[0]));
    for (int i = 1; i <= p.sleeps; ++i) {
        main.push_back(sleep(lab::ms(0)));
        main.push_back(say(main_says[static_cast<std::size_t>(i)]));
    }
    return Program(main);
}

/// Who speaks at which place of a prediction.
class Line {
public:
    Line(const lab::Transcript& said, const Params& p) : said_(said), p_(p) {}

    /// Returns: whether both speak, `a` before `b`.
    bool before(const std::string& a, const std::string& b) const {
        return has(a) && has(b) && place(a) < place(b);
    }
    bool has(const std::string& who) const { return !who.empty() && place(who) < said_.size(); }

    std::string main(int sleeps) const {
        return sleeps <= p_.sleeps ? main_says[static_cast<std::size_t>(sleeps)] : "";
    }
    /// Returns: main's line after `sleeps` sleeps comes before `who`.
    bool main_before(int sleeps, const std::string& who) const { return before(main(sleeps), who); }

    std::size_t main_lines() const {
        return static_cast<std::size_t>(
            std::count_if(said_.begin(), said_.end(), [](const lab::Line& line) {
                return std::find(main_says.begin(), main_says.end(), line.text) != main_says.end();
            }));
    }

    /// Each of the three callbacks speaks once, and nobody speaks whom the case does not have.
    bool is_this_case() const {
        return once(p_.one) && once(p_.two) && once(p_.three) && once(main_says[0]) &&
               said_.size() <= main_lines() + (p_.zero.empty() ? 3 : 4);
    }

private:
    std::size_t place(const std::string& who) const {
        const auto found = std::find_if(said_.begin(), said_.end(),
                                        [&](const lab::Line& line) { return line.text == who; });
        return static_cast<std::size_t>(found - said_.begin());
    }
    bool once(const std::string& who) const {
        return std::count_if(said_.begin(), said_.end(),
                             [&](const lab::Line& line) { return line.text == who; }) == 1;
    }

    const lab::Transcript& said_;
    const Params& p_;
};

/// Some line is said later than at 0: a turn, or a delay of nothing, takes time.
bool takes_time(const lab::Transcript& said) {
    return std::any_of(said.begin(), said.end(),
                       [](const lab::Line& line) { return line.at > lab::ms(0); });
}

/// main has more or fewer lines than sleeps + 1, as if their number were fixed, or counted from 1.
bool miscounts_sleeps(const Line& line, const Params& p) {
    return line.main_lines() != static_cast<std::size_t>(p.sleeps) + 1;
}

/// A callback speaks inside the call_soon that queues it: before main, or before two.
bool called_inside_call_soon(const Line& line, const Params& p) {
    return line.before(p.one, main_says[0]) || line.before(p.two, main_says[0]) ||
           line.before(p.three, p.two) || line.before(p.three, p.one);
}

/// The latest ticket is served first.
bool newest_first(const Line& line, const Params& p) { return line.before(p.two, p.one); }

/// main goes on once after each callback: one wait, one callback.
bool one_callback_a_turn(const Line& line, const Params& p) {
    return line.before(p.one, line.main(1)) && line.main_before(1, p.two);
}

/// A main that sleeps for 0 goes on before those who stood in line already.
bool main_overtakes(const Line& line, const Params& p) {
    return line.main_before(1, p.one) || line.main_before(2, p.three);
}

/// The timer of 0 speaks before those who stood in line when it was filed, or just after.
bool zero_overtakes(const Line& line, const Params& p) { return line.before(p.zero, p.two); }

/// main goes on only when nobody is left, whoever has joined meanwhile.
bool sleeps_until_idle(const Line& line, const Params& p) {
    return line.before(p.three, line.main(1)) &&
           (p.zero.empty() || line.before(p.zero, line.main(1)));
}

/// sleep(0) files a card behind zero's: both callbacks, then zero, then main.
bool sleep_is_a_card(const Line& line, const Params& p) {
    return line.before(p.zero, line.main(1)) && line.before(p.two, p.zero);
}

/// What a callback adds is served in the same turn, before main.
bool joins_this_turn(const Line& line, const Params& p) {
    return line.before(p.three, line.main(1));
}

/// The drawer is opened after the line is served, or never.
bool drawer_comes_last(const Line& line, const Params& p) {
    return !p.zero.empty() && (line.before(p.three, p.zero) || !line.has(p.zero));
}

} // namespace

TEST_CASE("the transcript of turns.cpp, for any names and number of sleeps") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const lab::Transcript said = run.transcript();
    const Line line(said, p);

    if (line.is_this_case()) {
        const lab::Facts who = {{"one", p.one},
                                {"two", p.two},
                                {"three", p.three},
                                {"zero", p.zero},
                                {"sleeps", std::to_string(p.sleeps)},
                                {"queuer", p.two_queues_three ? p.two : p.one}};
        lab::suspect("turns-take-time", "R6", takes_time(said), who);
        lab::suspect("M11", "R5", called_inside_call_soon(line, p), who);
        lab::suspect("newest-first", "R5", newest_first(line, p), who);
        lab::suspect("one-per-turn", "R5", one_callback_a_turn(line, p), who);
        lab::suspect("M12", "R5", zero_overtakes(line, p), who);
        lab::suspect("M12-sleep", "R5", main_overtakes(line, p), who);
        lab::suspect("sleep-until-idle", "R5", sleeps_until_idle(line, p), who);
        lab::suspect("M16", "R5", joins_this_turn(line, p), who);
        lab::suspect("M12-card", "R5", sleep_is_a_card(line, p), who);
        lab::suspect("M16-drain", "R5", drawer_comes_last(line, p), who);
        lab::suspect("sleeps-miscounted", "R5", miscounts_sleeps(line, p), who);
    }

    CHECK_TRANSCRIPT(run, lab::model::run(turns(p)));
}
