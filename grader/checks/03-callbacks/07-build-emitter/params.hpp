// params.hpp: the script of one case of 03-callbacks/07, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using Time = std::chrono::milliseconds;

enum class Do { add, off, emit, wait, cancel, fail };

/// What a listener does when it hears `value`. Each value is emitted once in a script.
struct Act {
    int value;
    Do what; ///< add, off, emit, or fail
    std::size_t listener = 0;
    int nested = 0; ///< the value that it emits
};

struct Listener {
    std::string name, event;
    bool once = false;
    std::vector<Act> acts = {};
};

struct Waiter {
    std::string name, event;
};

/// What the script does from outside. Steps of one instant run before any task that they wake up.
struct Step {
    Time at;
    Do what;
    std::size_t who = 0; ///< index of a listener, or of a waiter
    std::string event = {};
    int value = 0;
    bool counted = true; ///< says how many were called
};

struct Params {
    std::vector<Listener> listeners;
    std::vector<Waiter> waiters;
    std::vector<Step> steps;
};

/// Seed 0 is the set of the task text.
Params published();

Params draw(std::uint64_t seed);

} // namespace exercise
