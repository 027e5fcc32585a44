// check.cpp: decides whether every string is still owned by somebody when it is used.
//
// Design: the goal is to ask of each name in a callback or coroutine who owns it. Left out on
// purpose: errors, cancelling, leaks.
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("03-callbacks/03-fix-captures")

namespace {

lab::Transcript announced(const Params& p) {
    lab::Transcript lines;
    for (const Cast& cast : p.casts) {
        for (std::size_t k = 0; k < cast.names.size(); ++k) {
            lines.push_back({cast.step * static_cast<int>(k + 1), cast.names[k] + ", please"});
        }
    }
    return by_time(lines);
}

lab::Transcript logged(const Params& p, lab::ms begin) {
    lab::Transcript lines;
    for (const Log& log : p.logs) {
        for (std::size_t k = 0; k < log.entries.size(); ++k) {
            lines.push_back(
                {begin + p.pause * static_cast<int>(k), log.prefix + ": " + log.entries[k]});
        }
    }
    return by_time(lines);
}

lab::Transcript welcomed(const Params& p, lab::ms begin) {
    lab::Transcript lines;
    for (const Visitor& visitor : p.visitors) {
        lines.push_back({begin + visitor.after, "welcome, " + visitor.name});
    }
    return by_time(lines);
}

lab::ms logging_time(const Params& p) {
    std::size_t longest = 0;
    for (const Log& log : p.logs) {
        longest = std::max(longest, log.entries.size());
    }
    return p.pause * static_cast<int>(longest);
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines = {{0ms, "actors"}};
    const auto add = [&lines](const lab::Transcript& more) {
        lines.insert(lines.end(), more.begin(), more.end());
    };
    add(announced(p));
    const lab::ms logs = announcing_time(p);
    lines.push_back({logs, "log"});
    add(logged(p, logs));
    const lab::ms visitors = logs + logging_time(p);
    lines.push_back({visitors, "visitors"});
    add(welcomed(p, visitors));
    lines.push_back({lines.back().at, "closed"});
    return lines;
}

} // namespace

TEST_CASE("each string lives as long as somebody uses it") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    CHECK_TRANSCRIPT(run, expected(p));
}
