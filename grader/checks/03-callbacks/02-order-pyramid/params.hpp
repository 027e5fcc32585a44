// params.hpp: the three delays of one case of 03-callbacks/02, and the order of its four rounds.
#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

enum class Fails { nothing, fetch, parse, save };

struct Params {
    std::chrono::milliseconds fetch, parse, save;
    std::vector<Fails> rounds;
};

/// The rounds begin one second apart. No answer that does each step twice needs longer for one.
inline constexpr std::chrono::milliseconds apart{1000};

/// Seed 0 is the set of the task text. Every case has all four rounds, since a block in the wrong
/// place may show in one of them only; their order is drawn, for an answer that counts them. The
/// delays are all different: with a tie a line that comes a step too early could be on time.
Params draw(std::uint64_t seed);

/// Returns: the line with which a round begins.
inline const char* title(Fails fails) {
    switch (fails) {
    case Fails::nothing:
        return "nothing fails";
    case Fails::fetch:
        return "fetch fails";
    case Fails::parse:
        return "parse fails";
    default:
        return "save fails";
    }
}

} // namespace exercise
