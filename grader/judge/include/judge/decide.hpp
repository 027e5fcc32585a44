// decide.hpp: from what is known about one case to its verdict, as one pure function.
//
// "Accepted" is the only verdict that needs every condition to hold; whoever adds a fact here adds
// it to the table test as well.
#pragma once

#include <judge/transcript.hpp>
#include <judge/verdict.hpp>

#include <optional>

namespace lab::judge {

enum class Compile { ok, failed, over_limit };

/// How the process ended.
struct ExitFacts {
    bool by_signal = false;
    int status = 0; ///< meaningful unless ended by a signal
    bool sanitizer_report = false;
};

/// Which limit the run met.
struct LimitFacts {
    bool time = false, memory = false, processes = false, output = false;

    bool any() const { return time || memory || processes || output; }
};

/// What the check found.
struct CheckFacts {
    bool faulty = false; ///< the check itself broke, or never asked for a run
    int comparisons = 0; ///< how much was compared: nothing compared proves nothing
    std::optional<Verdict> objection;
};

/// All that a verdict rests on. The defaults accept nothing.
struct Facts {
    bool infrastructure_fault = false;
    Compile compile = Compile::ok;
    ExitFacts exit;
    LimitFacts limits;
    Closing closing = Closing::missing;
    Ending ending = Ending::none;
    bool slept_for_real = false;
    CheckFacts check;
};

/// Returns: the verdict. The first that applies: grader-error, compile, limits, signal, ended
/// early, the run's own ending (hang, runaway, exception), blocked, wrong, accepted.
Verdict decide(const Facts& facts);

} // namespace lab::judge
