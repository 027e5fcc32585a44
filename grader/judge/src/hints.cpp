// hints.cpp: choosing the one belief that explains an answer best.
#include <judge/hints.hpp>

#include <algorithm>
#include <cstddef>
#include <map>

namespace lab::judge {

namespace {

using Cases = std::vector<const Evidence*>;

const Hint* suspect_in(const Evidence& one, const std::string& id) {
    const auto found = std::find_if(one.suspects.begin(), one.suspects.end(),
                                    [&](const Hint& hint) { return hint.id == id; });
    return found == one.suspects.end() ? nullptr : &*found;
}

std::size_t holds_in(const Cases& cases, const std::string& id) {
    return static_cast<std::size_t>(
        std::count_if(cases.begin(), cases.end(),
                      [&](const Evidence* one) { return suspect_in(*one, id) != nullptr; }));
}

bool is_rejected(const Evidence& one) {
    return one.verdict != Verdict::accepted && one.verdict != Verdict::grader_error;
}

/// Whether the case is one of those that are asked for a cause, and from which one is shown.
bool speaks(const std::vector<Evidence>& all, const Evidence& one) {
    const bool published_speaks = std::any_of(all.begin(), all.end(), [](const Evidence& other) {
        return other.published && is_rejected(other);
    });
    return is_rejected(one) && (published_speaks ? one.published : one.verdict == overall(all));
}

/// The suspect that holds most often; of two that hold equally often, the one that comes first.
struct Leader {
    const Hint* hint = nullptr;
    std::size_t cases = 0;
};

/// Counts in `cases` the suspects of `speakers`.
Leader leader(const Cases& speakers, const Cases& cases) {
    Leader best;
    for (const Evidence* one : speakers) {
        for (const Hint& hint : one->suspects) {
            const std::size_t count = holds_in(cases, hint.id);
            if (count > best.cases) {
                best = {&hint, count};
            }
        }
    }
    return best;
}

bool is_plain_wrong(Verdict verdict) {
    return verdict == Verdict::wrong_order || verdict == Verdict::wrong_time ||
           verdict == Verdict::wrong_content || verdict == Verdict::incomplete;
}

/// Right for the published set and wrong for every fresh one.
bool is_photograph(const std::vector<Evidence>& all, const Cases& rejected) {
    const auto published =
        std::find_if(all.begin(), all.end(), [](const Evidence& one) { return one.published; });
    return published != all.end() && published->verdict == Verdict::accepted &&
           rejected.size() >= 2 && rejected.size() == all.size() - 1 &&
           std::all_of(rejected.begin(), rejected.end(),
                       [](const Evidence* one) { return is_plain_wrong(one->verdict); });
}

std::optional<std::string> built_in(const Evidence& one) {
    if (one.nested_run) {
        return "M10";
    }
    switch (one.verdict) {
    case Verdict::hang:
        return "hang";
    case Verdict::runaway:
        return "runaway";
    case Verdict::crashed:
        return one.slip.empty() ? "crash" : one.slip;
    case Verdict::ended_early:
        return "ended-early";
    case Verdict::blocked_the_loop:
    case Verdict::timed_out:
        return one.slept_for_real ? std::optional<std::string>("real-sleep") : std::nullopt;
    default:
        if (one.callback_threw) {
            return "callback-threw";
        }
        return one.printed_instead ? std::optional<std::string>("stdout") : std::nullopt;
    }
}

Hint made_up(const std::string& id) {
    if (id == "M10") {
        return {id, "R11", {}};
    }
    if (id == "hang" || id == "real-sleep") {
        return {id, "R6", {}};
    }
    if (id == "missing-co-return" || id == "result-too-early") {
        return {id, "R3", {}};
    }
    if (id == "callback-threw") {
        return {id, "R15", {}};
    }
    return {id, id == "runaway" ? "R5" : "", {}};
}

} // namespace

Verdict overall(const std::vector<Evidence>& cases) {
    const bool fault = std::any_of(cases.begin(), cases.end(), [](const Evidence& one) {
        return one.verdict == Verdict::grader_error;
    });
    if (cases.empty() || fault) {
        return Verdict::grader_error;
    }
    std::map<Verdict, int> votes;
    for (const Evidence& one : cases) {
        if (one.verdict != Verdict::accepted) {
            if (one.published) {
                return one.verdict;
            }
            ++votes[one.verdict];
        }
    }
    const auto most =
        std::max_element(votes.begin(), votes.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == votes.end() ? Verdict::accepted : most->first;
}

std::optional<Hint> choose_hint(const std::vector<Evidence>& cases) {
    Cases rejected;
    Cases speakers;
    for (const Evidence& one : cases) {
        if (one.verdict == Verdict::grader_error) {
            return std::nullopt; // whatever it is, it is not the student's belief
        }
        if (one.verdict != Verdict::accepted) {
            rejected.push_back(&one);
        }
        if (speaks(cases, one)) {
            speakers.push_back(&one);
        }
    }
    if (rejected.empty()) {
        return std::nullopt;
    }
    const auto stopped_for_real = [](const Evidence* one) {
        return one->slept_for_real && one->verdict == Verdict::blocked_the_loop;
    };
    if (std::any_of(speakers.begin(), speakers.end(), stopped_for_real)) {
        return made_up("real-sleep"); // no belief about the loop explains a stopped thread
    }
    const Leader best = leader(speakers, rejected);
    if (best.cases == rejected.size()) {
        return *best.hint;
    }
    if (is_photograph(cases, rejected)) {
        return Hint{"hard-coded", "", {}};
    }
    if (best.hint != nullptr) {
        return *best.hint;
    }
    for (const Evidence* one : speakers) {
        if (const auto id = built_in(*one)) {
            return made_up(*id);
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> choose_example(const std::vector<Evidence>& cases,
                                          const std::optional<Hint>& hint) {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!speaks(cases, cases[i])) {
            continue;
        }
        first = first ? first : i;
        if (hint && (suspect_in(cases[i], hint->id) != nullptr || built_in(cases[i]) == hint->id)) {
            return i;
        }
    }
    return first;
}

std::optional<Hint> false_alarm(const std::vector<Evidence>& cases) {
    Cases all;
    for (const Evidence& one : cases) {
        if (one.verdict != Verdict::accepted) {
            return std::nullopt; // only a right answer can show that a suspect is wrong
        }
        all.push_back(&one);
        if (one.published && !one.suspects.empty()) {
            return one.suspects.front();
        }
    }
    const Leader best = leader(all, all);
    return best.cases * 2 > all.size() ? std::optional<Hint>(*best.hint) : std::nullopt;
}

} // namespace lab::judge
