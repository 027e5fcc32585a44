// 02-scheduling/02 three-timers: three cards in the drawer, one list.
// Read lessons/02-scheduling first. Edit only this file. Check it:  ./lab check 02-2
//
// Write an async program that schedules three callbacks with call_later: at 0.1 s,
// 0.2 s and 0.3 s. Each callback appends its own scheduled time to a list that all of
// them share. Sleep long enough for all of them to fire, and return the list: it shows
// the order in which they ran.
//
// Your function gets the delays and schedules one callback for each, all at once. There
// are one to six delays, in any order, and some may be equal. A callback appends its
// own delay as text: seconds_text(d) is given and makes "0.1s" of 100 ms. Long enough
// is 200 ms more than the longest delay.
//
// The checker calls your function, not always at 0, and prints the list that you return
// as the line "Callback order: [...]", at the moment at which you return it.
//
// With 100 ms, 200 ms and 300 ms the transcript must be
//   [  500] Callback order: [0.1s, 0.2s, 0.3s]
//
// Rules you need: R6 (when time moves), R7 (ties), R11 (what ends with main).
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d); // given

/// Schedules one callback for each delay, and waits until all have run.
/// Returns: the delays as texts, in the order in which the callbacks ran.
Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    std::vector<std::string> list;
    for (const ms d : delays) {
        // TODO(1): when is this line to run, and who could be told to run it then?
        list.push_back(seconds_text(d));
    }
    // TODO(2): how long does this coroutine stay here before it hands over the list?
    co_return list;
}
