// 05-shutdown/02 fix-stubborn-worker: a worker who says "no" to "please go home".
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-2
//
// The worker opens the tap, washes rack after rack, and rests after each. A rack that
// goes wrong must not end the shift, so it catches everything that a step throws. At
// closing time that keeps everyone up: a cancel looks like one more bad rack, and the
// worker goes on. Make it stop when it is told to.
//
//   an error     say "step K failed", rest, and go on with the next step
//   a cancel     no further step, no line of yours; let the step that is running clean
//                up, close the tap, and end as a task that was cancelled
//   the tap      released exactly once, whichever way the shift ends; a worker that is
//                cancelled before it begins opens nothing
//
// Given: steps_today() tells how many steps the shift has, rest() is the pause after
// each of them. A step says "step K"; when it is cancelled it says "step K cut" and
// needs a while to clean up. The checker starts a worker for each of four shifts,
// cancels three of them, and says how each ended. The transcript must be
//   [    0] shift 1
//   [    0] open
//   [    0] step 0
//   [  120] step 1
//   [  220] step 1 failed
//   [  240] step 2
//   [  300] cancel requested
//   [  300] step 2 cut
//   [  360] released
//   [  360] shift 1: cancelled
//   [  360] shift 2
//   [  360] open
//   [  360] step 0
//   [  460] step 0 failed
//   [  470] cancel requested
//   [  470] released
//   [  470] shift 2: cancelled
//   [  470] shift 3
//   [  470] cancel requested
//   [  470] shift 3: cancelled
//   [  470] shift 4
//   [  470] open
//   [  470] step 0
//   [  590] step 1
//   [  690] step 1 failed
//   [  710] released
//   [  710] shift 4: ok
//
// Rules you need: R3 (awaiting), R10 (a cancel is a request), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

struct Resource { // given: says "open" and "released"
    void open();
    void release();
};

int steps_today(); // given: how many steps the shift has
Coro<> rest();     // given: the pause after each step

/// Washes step(0), step(1), … until the shift is over. A step may throw an Error.
Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    r.open();
    for (int k = 0; k < steps_today(); ++k) {
        try {
            co_await step(k);
        } catch (...) {
            // TODO(1): two kinds of exception come past here; which one is a bad rack?
            say("step {} failed", k);
        }
        co_await rest();
    }
    // TODO(2): in how many ways can this function end, and how many come past here?
    r.release();
}
