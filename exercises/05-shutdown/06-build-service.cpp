// 05-shutdown/06 build-service: wait first, then say that it is done.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-6
//
// A dish takes its time. Say "NAME: done" when `d` has passed, and not before, and return
// how many letters the name has.
//
// With soup (300 ms) the transcript must be
//   [  300] soup: done
//   [  300] returned 4
//
// Rules you need: R1 (a call makes an object), R3 (awaiting).
#include <aio/lab.hpp>
using namespace aio;

/// Waits for `d`, then says "NAME: done".
/// Returns: the number of letters in `name`.
Coro<int> serve(std::string name, ms d) {
    say("{}: done after {} ms", name, d.count());
    // TODO(1): what must happen before that line, and what is one word too many in it?
    co_return 0;
}
