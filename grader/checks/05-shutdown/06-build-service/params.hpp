// params.hpp: the five acts of one case of 05-shutdown/06, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using Time = std::chrono::milliseconds;

/// A request waits, then it needs a worker of the pool for some time.
struct Request {
    int number;
    Time at;
    Time wait;
    Time work;

    Time job_begins() const { return at + wait; }
    Time job_ends() const { return at + wait + work; }
};

/// How long the pieces of a service take.
struct House {
    Time pool;     ///< to open
    Time listener; ///< to open, or to fail
    Time clock;    ///< to clean up
    Time cleaner;
    Time sorry; ///< what a request that is cut off needs for its clean-up

    Time open() const { return pool + listener; }
    Time background() const { return std::max(clock, cleaner); }
};

/// Act 1: an evening with requests and two signals. Act 2: a start that fails. Act 3: calls from
/// all sides. Act 4: a stop before any start. Act 5: an evening with one request that is answered
/// soon. The times of an act count from its beginning.
struct Params {
    House house;
    int signo;
    Time grace;

    std::vector<Request> requests; ///< the last one comes when the door is closed
    Time signal, again;

    bool pool_fails;  ///< else the listener does
    Time failing_at;  ///< act 2 begins
    Time other_start; ///< in acts 2 and 3: start() is called once more

    Time calls_at; ///< act 3 begins
    Time early_signal;
    Time early_stop; ///< while the listener is opened
    Time late_stop;  ///< while the background is closed

    Time unborn_at; ///< act 4 begins

    Time quiet_at; ///< act 5 begins
    Request guest; ///< of act 5: answered between the stop and its limit
    Time quiet_stop;

    Time limit() const { return signal + grace; }
};

/// Seed 0 is the set of the task text.
Params draw(std::uint64_t seed);

} // namespace exercise
