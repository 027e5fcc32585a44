// params.hpp: the five calls of map_blocking of one case of 04-executors/06.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using Time = std::chrono::milliseconds;

struct Item {
    int number;
    Time delay;          ///< f blocks for it
    bool rotten = false; ///< and then throws
};

struct Call {
    std::string name;
    int workers, limit;
    std::vector<Item> items;
    std::optional<Time> cancel = std::nullopt; ///< from the beginning of the call

    /// Returns: when even a call that works through the items one by one is over.
    Time over() const {
        Time sum = 100ms;
        for (const Item& item : items) {
            sum += item.delay;
        }
        return (sum + 499ms) / 500ms * 500ms;
    }
};

/// When each item begins and ends.
struct Plan {
    std::vector<Time> begin, end;

    void add(Time at, Time delay) {
        begin.push_back(at);
        end.push_back(at + delay);
    }
};

/// Returns: the plan of so many lanes, filled first come, first served. Errors are not looked at.
Plan fifo(const Call& call, int lanes);

Plan fifo(const Call& call);

/// Returns: the plan of who lets `limit` items begin, and the next ones when all of them are done.
Plan in_waves(const Call& call);

/// Returns: the plan of who awaits the oldest job each time before the next one is handed in.
Plan oldest_first(const Call& call);

/// Returns: the items' places in the list, in the order in which they end.
std::vector<std::size_t> by_end(const Plan& plan);

/// Returns: the place of the item that fails first, in a call in which one does.
std::size_t first_error(const Call& call, const Plan& plan);

/// Returns: the places of the items that begin before that time, and end later.
std::vector<std::size_t> running(const Plan& plan, Time at);

/// Returns: how many items begin at `at` or later.
int not_begun(const Plan& plan, Time at);

struct Params {
    Call narrow;    ///< fewer jobs than workers may be in the pool
    Call wide;      ///< more jobs than workers
    Call failing;   ///< two items fail, and the first by the clock is not the first in the list
    Call cancelled; ///< while an item runs that will fail
    Call empty;     ///< without items

    std::vector<Call> calls() const { return {narrow, wide, failing, cancelled, empty}; }
};

Call draw_call(lab::Draw& d, int workers, int limit, int items);

/// Waves, and a wait for the oldest job, give other plans than the right one, and not the same; and
/// a list by ends is another one.
Call draw_narrow(lab::Draw& d);

/// The item that fails first is behind another one that runs at that time and fails later, and a
/// third one runs that does not fail: whoever goes on does so there. Nothing else ends in that
/// instant, and two items at least have not begun.
Call draw_failing(lab::Draw& d);

/// The cancel comes 5 ms beside the grid, while several items run; two at least have not begun. The
/// last of those that run will fail: whoever goes on after the cancel does so before that.
Call draw_cancelled(lab::Draw& d);

/// Seed 0 is the set of the task text. Every set has all five calls, since seeds are independent:
/// each is there for mistakes that the others do not show. In the second call more jobs may be in
/// the pool than it has workers, so that whoever takes another pool has too many at work.
Params draw(std::uint64_t seed);

} // namespace exercise
