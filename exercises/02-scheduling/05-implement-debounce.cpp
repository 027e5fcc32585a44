// 02-scheduling/05 implement-debounce: run a call when nobody has called for a while.
// Read lessons/02-scheduling first. Edit only this file. Check it:  ./lab check 02-5
//
// Somebody types a name into a search field, and each key calls a function. Searching
// is worth while when the keys have been quiet for a moment. debounce(d, f) returns a
// function. Calling it with a value files a call f(value), which runs after d, and
// forgets the call that it filed before, if that one has not run yet. This holds too
// when the new call comes at the very moment at which the old one is due: the new call
// is served first, and the old one does not run.
//
// Like any std::function the result may be copied, and its copies are one: they share
// the waiting call. Two functions of two calls of debounce share nothing. Nothing may
// poll: a call sets one timer at most, and for one function there are never two at a
// time. The functions are called while the loop runs.
//
// The checker calls the function, says when, and gives an f that says with what it
// runs. With d = 100 ms and calls at 0 (a), 40 (b), 80 (c) and 300 ms (d) the
// transcript must be
//   [    0] f(a) called
//   [   40] f(b) called
//   [   80] f(c) called
//   [  180] f(c) runs
//   [  300] f(d) called
//   [  400] f(d) runs
//
// Rules you need: R5 (a turn), R7 (ties).
#include <aio/lab.hpp>
using namespace aio;

/// Makes a function that passes on only the last of calls that come close together.
/// Returns: a function that runs f(value) when d has passed since its latest call.
std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    (void)d; // not used yet
    // TODO(1): what must the function remember from one call to the next, and where
    //          does it lie, so that copies of the function find the same thing?
    return [f](std::string value) {
        // TODO(2): what becomes of a call that was filed before and still waits?
        // TODO(3): who runs f, and when?
        f(value);
    };
}
