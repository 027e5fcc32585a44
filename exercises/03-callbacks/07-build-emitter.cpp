// 03-callbacks/07 build-emitter: call those who want to know, and wake those who wait.
// Read lessons/03-callbacks first. Edit only this file. Check it:  ./lab check 03-7
//
// An Emitter keeps listeners for events, which have names. Its promise is another one
// than that of a future: listeners are called at once.
//   on(event, f)   registers f for every emit of that event, and once(event, f) for
//                  the next one only. Both return an id that nobody else ever gets.
//   off(id)        takes a listener out. Returns: whether it was registered.
//   emit(event, v) calls the listeners of that event with v, before it returns, in the
//                  order of their registration. It calls those who were registered
//                  when it began, except for those who are taken out meanwhile. If one
//                  throws a std::exception, emit says "listener failed: WHAT" and goes
//                  on. Returns: how many it called, failed ones included.
//   wait_event(event)  waits for the next emit of that event and returns its value. A
//                  task that waits takes a place among the listeners and counts as
//                  one; it resumes after emit has returned. A task that is cancelled
//                  while it waits is forgotten, and nothing is reported of it.
// A listener may call all of these while it runs: it may take itself out, and it may
// emit the same event. A once listener is called once all the same, and is taken out
// right before. No polling: set no timer.
//
// The checker plays a script on your class. ann, cat, ben (once) and dan listen to
// bell. kim and lou wait at 150 ms; gus, ivy (both once) and joe are added at 250; max
// waits at 350 and is cancelled at 400; pia and rob wait at 550, and rob is cancelled
// at 600, right before the emit; that one says "over" instead of its number, which is
// not looked at, because a waiter was cancelled in that very instant. In the end tom
// waits for door, una is added behind tom, and vic waits behind una: when una emits
// door 10 while hearing door 9, tom already has door 9, and vic gets door 10. The
// transcript must be
//   [  100] ann hears bell 1, adds fox
//   [  100] cat hears bell 1
//   [  100] ben hears bell 1
//   [  100] dan hears bell 1
//   [  100] emit bell 1: 4 called
//   [  200] ann hears bell 2
//   [  200] listener failed: ann is tired
//   [  200] cat hears bell 2, removes cat: true
//   [  200] dan hears bell 2, removes fox: true
//   [  200] emit bell 2: 5 called
//   [  200] ann hears bell 3
//   [  200] dan hears bell 3
//   [  200] emit bell 3: 2 called
//   [  200] kim got bell 2
//   [  200] lou got bell 2
//   [  250] off ben: false
//   [  250] off dan: true
//   [  300] ann hears bell 4
//   [  300] gus hears bell 4, adds hal
//   [  300] ann hears bell 5
//   [  300] ivy hears bell 5
//   [  300] joe hears bell 5
//   [  300] hal hears bell 5
//   [  300] emit bell 5: 4 called
//   [  300] joe hears bell 4
//   [  300] emit bell 4: 3 called
//   [  400] max: cancelled
//   [  500] ann hears bell 6
//   [  500] joe hears bell 6
//   [  500] hal hears bell 6
//   [  500] emit bell 6: 3 called
//   [  600] ann hears bell 7
//   [  600] joe hears bell 7
//   [  600] hal hears bell 7
//   [  600] emit bell 7: over
//   [  600] emit door 8: 0 called
//   [  600] rob: cancelled
//   [  600] pia got bell 7
//   [  700] una hears door 9
//   [  700] una hears door 10
//   [  700] emit door 10: 2 called
//   [  700] emit door 9: 2 called
//   [  700] tom got door 9
//   [  700] vic got door 10
//
// Rules you need: R4 (completion), R10 (cancel), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

/// Calls listeners when something happens, and wakes up tasks that wait for it.
class Emitter {
public:
    /// Registers f for every emit of the event. Returns: its id, for off().
    int on(std::string event, std::function<void(int)> f) {
        listeners_[std::move(event)].push_back(std::move(f));
        // TODO(1): what has to be kept besides f, so that off() finds it?
        return 0;
    }

    /// Registers f for the next emit of the event. Returns: its id, for off().
    int once(std::string event, std::function<void(int)> f) {
        // TODO(2): when exactly does this listener go, if an emit can come inside an
        // emit?
        return on(std::move(event), std::move(f));
    }

    /// Takes a listener out. Returns: whether it was registered.
    bool off(int id) { return id < 0; }

    /// Calls the listeners of the event, in the order of their registration.
    /// Returns: how many it called.
    int emit(std::string event, int value) {
        // TODO(3): f may call on(), off() and emit(); what becomes of this walk then?
        for (auto& f : listeners_[event]) {
            // TODO(4): what if f throws?
            f(value);
        }
        return 0;
    }

    /// Waits for the next emit of the event. Returns: its value.
    Coro<int> wait_event(std::string event) {
        // TODO(5): what can be awaited here, and who completes it?
        // TODO(6): what does a cancel leave behind in your list?
        co_return static_cast<int>(listeners_.count(event));
    }

private:
    std::map<std::string, std::vector<std::function<void(int)>>> listeners_;
};
