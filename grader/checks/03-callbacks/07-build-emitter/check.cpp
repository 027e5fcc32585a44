// check.cpp: decides whether listeners are called at once, and waiters woken once.
//
// Design: the goal is a list that may change while it is walked, and a bridge from a call to an
// await. Left out on purpose: listeners that throw what is no std::exception, the count in the
// instant of a cancel. Known machines: listeners that are queued (M19-reversed), a walk over the
// list that grows or shrinks (M16, M16-skipped), a copy that is never compared with the list
// (M53-copy), once listeners that go too late (once-too-late) or never (once-stays), one note for
// two emits (nested), errors that stop somebody (error-escapes, error-stops-rest,
// error-unreported), a function that destroys itself (freed-itself), futures that are completed
// twice (M24, M24-late), waiters that are not forgotten (M53), one future for all (shared-future,
// one-slot, old-news), the latest value (latest-value), ids given twice (ids-again), waiters told
// before or after all listeners (waiters-apart), wrong numbers (always-true, failed-uncounted,
// waiters-uncounted), polling (M46), dropped objects (M01).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "case.hpp"

#include <functional>
#include <optional>
#include <set>

using namespace exercise;

LAB_CHECK("03-callbacks/07-build-emitter")

namespace {

/// A listener was called by an emit that had returned.
bool queued(const Case& c) {
    return c.some_emit([&](const Emit& emit) {
        const auto end = c.find(emit.end());
        return end && std::any_of(emit.heard.begin(), emit.heard.end(), [&](std::size_t who) {
                   const auto line = c.heard(who, emit);
                   return line && *line > *end;
               });
    });
}

/// A listener that was added during an emit ran in it, or broke the walk.
bool grew(const Case& c) {
    return c.some_act(Do::add, [&](const Emit& emit, std::size_t who, const Act& act) {
        return c.heard(act.listener, emit) || c.broke_off_at(who, emit);
    });
}

/// A listener was destroyed while it ran, or the run broke off when it had removed itself.
bool freed(const Case& c) {
    const auto said = [&](const Listener& listener) {
        return c.run.contains(listener.name + " was destroyed while it ran");
    };
    const auto broke = [&](const Emit& emit, std::size_t who, const Act& act) {
        return act.listener == who && c.broke_off_at(who, emit);
    };
    return std::any_of(c.p.listeners.begin(), c.p.listeners.end(), said) ||
           c.some_act(Do::off, broke) || c.some_emit([&](const Emit& emit) {
               return std::any_of(emit.heard.begin(), emit.heard.end(), [&](std::size_t who) {
                   return c.p.listeners[who].once &&
                          (c.broke_off_at(who, emit) || c.broke_off_before(who, emit));
               });
           });
}

/// Somebody went while the list was walked, and the next one was not called.
bool skipped(const Case& c) {
    return c.some_emit([&](const Emit& emit) {
        for (std::size_t k = 0; k + 1 < emit.heard.size(); ++k) {
            const Listener& listener = c.p.listeners[emit.heard[k]];
            const bool goes =
                listener.once ||
                c.some_act(Do::off, [&](const Emit& when, std::size_t who, const Act& act) {
                    return when.name == emit.name && who == act.listener && who == emit.heard[k];
                });
            if (goes && c.heard(emit.heard[k], emit) && !c.heard(emit.heard[k + 1], emit) &&
                c.find(emit.end())) {
                return true;
            }
        }
        return false;
    });
}

/// A listener that somebody took out during an emit was called in it afterwards.
bool called_after_removal(const Case& c) {
    return c.some_act(Do::off, [&](const Emit& emit, std::size_t who, const Act& act) {
        const auto removed = c.heard(who, emit);
        const auto called = c.heard(act.listener, emit);
        return who != act.listener && removed && called && *removed < *called;
    });
}

/// A listener that was taken out, or has removed itself, was called by a later emit.
bool comes_back(const Case& c) {
    const auto& emits = c.right.emits();
    return c.some_act(Do::off, [&](const Emit& emit, std::size_t, const Act& act) {
        return std::any_of(emits.begin(), emits.end(), [&](const Emit& later) {
            return &later > &emit && c.heard(act.listener, later);
        });
    });
}

/// A once listener was called by an emit and by another one inside of it.
bool once_in_both(const Case& c) {
    const auto& emits = c.right.emits();
    for (std::size_t k = 1; k < emits.size(); ++k) {
        for (std::size_t who = 0; who < c.p.listeners.size(); ++who) {
            if (emits[k].nested && c.p.listeners[who].once && c.heard(who, emits[k - 1]) &&
                c.heard(who, emits[k])) {
                return true;
            }
        }
    }
    return false;
}

/// A once listener was called at two different times.
bool once_stays(const Case& c) {
    return std::any_of(c.p.listeners.begin(), c.p.listeners.end(), [&](const Listener& listener) {
        std::set<Time> times;
        for (const lab::Line& line : c.lines) {
            if (listener.once && begins(line.text, listener.name + " hears ")) {
                times.insert(line.at);
            }
        }
        return times.size() > 1;
    });
}

/// The driver got one id for two listeners.
bool ids_again(const Case& c) {
    return std::any_of(c.lines.begin(), c.lines.end(), [](const lab::Line& line) {
        return line.text.find(" got the id of ") != std::string::npos;
    });
}

/// The first difference lies in the emit that has another one inside: there somebody is left out,
/// or the one who is added then is called. (An emit in which somebody was added before went well.)
bool nested_goes_wrong(const Case& c) {
    const auto& emits = c.right.emits();
    const auto inner =
        std::find_if(emits.begin(), emits.end(), [](const Emit& emit) { return emit.nested; });
    const auto& right = c.right.lines();
    const auto [is, due] =
        std::mismatch(c.lines.begin(), c.lines.end(), right.begin(), right.end());
    if (due == right.end() || due->at != inner->at) {
        return false;
    }
    const auto silent = [&](const Emit& emit) {
        return std::any_of(emit.heard.begin(), emit.heard.end(),
                           [&](std::size_t who) { return !c.heard(who, emit); });
    };
    const auto grows = [&](const Emit& emit, std::size_t, const Act& act) {
        return &emit == &*std::prev(inner) && c.heard(act.listener, emit).has_value();
    };
    return silent(*inner) || silent(*std::prev(inner)) || c.some_act(Do::add, grows);
}

/// Returns: the emit in which a listener fails, and the place of that listener.
std::pair<const Emit*, std::size_t> failing(const Case& c) {
    for (const Emit& emit : c.right.emits()) {
        if (emit.failed > 0) {
            for (std::size_t k = 0; k < emit.heard.size(); ++k) {
                for (const Act& act : c.p.listeners[emit.heard[k]].acts) {
                    if (act.what == Do::fail) {
                        return {&emit, k};
                    }
                }
            }
        }
    }
    return {nullptr, 0}; // draw() has one in every script
}

/// The error came out of emit.
bool error_escapes(const Case& c) {
    return c
        .find("emit " + failing(c).first->name + ": threw " +
              c.p.listeners[failing(c).first->heard[failing(c).second]].name + " is tired")
        .has_value();
}

/// Everybody up to the one who fails was called, and nobody behind.
bool error_stops_rest(const Case& c) {
    const auto [emit, place] = failing(c);
    for (std::size_t k = 0; k < emit->heard.size(); ++k) {
        if (c.heard(emit->heard[k], *emit).has_value() != (k <= place)) {
            return false;
        }
    }
    return place + 1 < emit->heard.size();
}

/// Nobody said what went wrong, and the others were called.
bool unreported(const Case& c) {
    const auto [emit, place] = failing(c);
    return !c.run.contains(failure(c.p.listeners[emit->heard[place]])) &&
           c.heard(emit->heard.back(), *emit) &&
           std::none_of(c.lines.begin(), c.lines.end(),
                        [](const lab::Line& line) { return line.text.ends_with(" is tired"); });
}

const std::string done_already = "listener failed: the future is done already";

/// Returns: the instants at which a future was completed that was done.
std::set<Time> refused(const Case& c) {
    std::set<Time> times;
    for (const lab::Line& line : c.lines) {
        if (line.text == done_already || line.text.ends_with("threw the future is done already")) {
            times.insert(line.at);
        }
    }
    return times;
}

/// Only waiters who were cancelled met that.
bool refused_the_cancelled(const Case& c, const std::set<Time>& times) {
    const auto& emits = c.right.emits();
    return std::all_of(times.begin(), times.end(), [&](Time at) {
        return std::any_of(emits.begin(), emits.end(),
                           [&](const Emit& emit) { return emit.at == at && emit.cancelled > 0; });
    });
}

/// Asks `question(waiter)` of all waiters.
template <class Question> bool some_waiter(const Case& c, Question question) {
    for (std::size_t k = 0; k < c.p.waiters.size(); ++k) {
        if (question(k)) {
            return true;
        }
    }
    return false;
}

bool is_cancelled_by_script(const Case& c, std::size_t waiter) {
    return std::any_of(c.p.steps.begin(), c.p.steps.end(), [&](const Step& step) {
        return step.what == Do::cancel && step.who == waiter;
    });
}

/// A waiter whom nobody had cancelled was cancelled when another one was.
bool cancelled_together(const Case& c) {
    return some_waiter(c, [&](std::size_t k) {
        return !is_cancelled_by_script(c, k) && c.run.contains(c.p.waiters[k].name + ": cancelled");
    });
}

/// Returns: the value that the waiter got, as "bell 1", and when.
std::optional<lab::Line> got(const Case& c, std::size_t waiter, const lab::Transcript& lines) {
    const std::string begin = c.p.waiters[waiter].name + " got ";
    for (const lab::Line& line : lines) {
        if (begins(line.text, begin)) {
            return lab::Line{line.at, line.text.substr(begin.size())};
        }
    }
    return std::nullopt;
}

/// Of those who wait for an event together, only the last one gets anything; the others wait to the
/// end.
bool only_the_last(const Case& c) {
    bool some_lost = false;
    const auto due_together = [&](std::size_t one, std::size_t other) {
        const auto due = got(c, one, c.right.lines());
        const auto next = got(c, other, c.right.lines());
        return due && next && due->at == next->at;
    };
    const bool wrong = some_waiter(c, [&](std::size_t k) {
        const auto due = got(c, k, c.right.lines());
        if (!due) {
            return false;
        }
        const auto begun = [&](std::size_t who) {
            return std::find_if(c.p.steps.begin(), c.p.steps.end(),
                                [&](const Step& s) { return s.what == Do::wait && s.who == who; })
                ->at;
        };
        const bool last = k + 1 == c.p.waiters.size() ||
                          c.p.waiters[k + 1].event != c.p.waiters[k].event ||
                          (begun(k + 1) != begun(k) && !due_together(k, k + 1));
        some_lost = some_lost || !last;
        return last ? got(c, k, c.lines) != due
                    : !c.run.contains(c.p.waiters[k].name + ": still waiting");
    });
    return some_lost && !wrong;
}

/// Returns: the waiter who got the value of another emit of the same event and the same instant.
/// `nested`: one of the two emits lies inside the other.
std::optional<std::size_t> got_another(const Case& c, bool nested) {
    const auto inner = std::find_if(c.right.emits().rbegin(), c.right.emits().rend(),
                                    [](const Emit& emit) { return emit.nested; });
    std::optional<std::size_t> found;
    some_waiter(c, [&](std::size_t k) {
        const auto is = got(c, k, c.lines);
        const auto due = got(c, k, c.right.lines());
        const bool another =
            is && due && is->at == due->at && is->text != due->text &&
            c.some_emit([&](const Emit& e) { return e.name == is->text && e.at == is->at; });
        if (another && (is->at == inner->at) == nested) {
            found = k;
        }
        return found.has_value();
    });
    return found;
}

/// A waiter got what was emitted before it began to wait.
bool got_old_news(const Case& c) {
    return some_waiter(c, [&](std::size_t k) {
        const auto is = got(c, k, c.lines);
        const auto step = std::find_if(c.p.steps.begin(), c.p.steps.end(), [&](const Step& s) {
            return s.what == Do::wait && s.who == k;
        });
        return is && c.some_emit([&](const Emit& emit) {
            return emit.name == is->text && emit.at < step->at;
        });
    });
}

/// Up to the last instant only what emit returned differs, and it is `number(emit)` each time. (In
/// the last instant, numbers depend on where waiters have their places.)
template <class Number> bool counts(const Case& c, Number number) {
    const auto early = [&](lab::Transcript all) {
        std::erase_if(all, [&](const lab::Line& l) { return l.at >= c.p.steps.back().at; });
        return all;
    };
    lab::Transcript lines = early(c.right.lines());
    for (const Emit& emit : c.right.emits()) {
        for (lab::Line& line : lines) {
            if (emit.counted && begins(line.text, emit.end())) {
                line.text = emit.end() + std::to_string(number(emit)) + " called";
            }
        }
    }
    return lines != early(c.right.lines()) && early(c.lines) == lines;
}

/// The first difference is that somebody who was gone was removed again.
bool removed_twice(const Case& c) {
    const auto& right = c.right.lines();
    const auto [is, due] =
        std::mismatch(c.lines.begin(), c.lines.end(), right.begin(), right.end());
    return is != c.lines.end() && due != right.end() && due->text.ends_with(": false") &&
           is->text == due->text.substr(0, due->text.size() - 5) + "true";
}

/// Cancelled waiters were counted: some number is too large by one or more of them.
bool counts_the_cancelled(const Case& c) {
    return c.some_emit([&](const Emit& emit) {
        const auto line = c.find(emit.end());
        if (!line || !emit.counted || emit.cancelled == 0) {
            return false;
        }
        for (std::size_t more = 1; more <= emit.cancelled; ++more) {
            if (c.lines[*line].text ==
                emit.end() + std::to_string(emit.called() + more) + " called") {
                return true;
            }
        }
        return false;
    });
}

} // namespace

TEST_CASE("listeners are called at once, and waiters are woken once") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const Machine right(p);
    const Case c{p, right, run, run.transcript()};
    const auto timers = run.timers_added();
    const auto extra = timers - std::min(timers, p.steps.size() + 1);
    const auto times = refused(c);
    const auto [failed_in, place] = failing(c);
    const auto apart = got_another(c, true);
    const lab::Facts facts = {{"extra_timers", std::to_string(extra)},
                              {"waiter", p.waiters[apart.value_or(0)].name},
                              {"failing", p.listeners[failed_in->heard[place]].name},
                              {"fails_at", ms_text(failed_in->at)}};

    lab::suspect("nested", "R5", !c.broke_off() && nested_goes_wrong(c), facts);
    lab::suspect("M16", "R5", grew(c), facts);
    lab::suspect("freed-itself", "R5", freed(c), facts);
    lab::run_answer(); // a run that broke off tells no more
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M19-reversed", "R4", queued(c), facts);
    lab::suspect("ids-again", "R5", ids_again(c), facts);
    lab::suspect("M46", "R4", extra > 0, facts);
    lab::suspect("error-escapes", "R15", error_escapes(c), facts);
    lab::suspect("error-stops-rest", "R15", error_stops_rest(c), facts);
    lab::suspect("M16-skipped", "R5", skipped(c), facts);
    lab::suspect("M53-copy", "R5", called_after_removal(c) && !comes_back(c), facts);
    lab::suspect("once-stays", "R5", once_stays(c), facts);
    lab::suspect("once-too-late", "R5", once_in_both(c), facts);
    lab::suspect("error-unreported", "R15", unreported(c), facts);
    lab::suspect("M24-late", "R10", !times.empty() && refused_the_cancelled(c, times), facts);
    lab::suspect("M24", "R4", !times.empty(), facts);
    lab::suspect("shared-future", "R10", cancelled_together(c), facts);
    lab::suspect("old-news", "R4", got_old_news(c), facts);
    lab::suspect("latest-value", "R4", got_another(c, false).has_value(), facts);
    lab::suspect("one-slot", "R4", only_the_last(c), facts);
    lab::suspect("always-true", "R5", removed_twice(c), facts);
    lab::suspect("failed-uncounted", "R15",
                 counts(c, [](const Emit& e) { return e.called() - e.failed; }), facts);
    lab::suspect("waiters-uncounted", "R4", counts(c, [](const Emit& e) { return e.heard.size(); }),
                 facts);
    lab::suspect("waiters-apart", "R4", apart.has_value(), facts);
    lab::suspect("M53", "R10", counts_the_cancelled(c), facts);

    CHECK_TRANSCRIPT(run, right.lines());
    CHECK_MESSAGE(extra == 0, "your run set timers besides those of the script; nothing may poll");
}
