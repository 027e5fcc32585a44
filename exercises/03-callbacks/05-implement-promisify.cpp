// 03-callbacks/05 implement-promisify: make something awaitable out of a callback.
// Read lessons/03-callbacks first. Edit only this file. Check it:  ./lab check 03-5
//
// A sensor takes your number and rings back: sensor.read(cb) returns at once, and later
// the sensor calls cb(value, error). An empty error means that all went well; otherwise
// the value means nothing. Write read_async, which asks the sensor once, waits for that
// call and returns the value, or throws an Error with the sensor's text.
//
// Sensors have habits, and the same function has to cope with all of them.
// * One may call back at once, inside read. Then nobody has to wait: read_async returns
//   before any other task gets the hands.
// * One may call back twice, in one breath or long after the first time. The first call
//   counts; the second one is ignored.
// * None can be cancelled. If the task that waits in read_async is cancelled, the
//   sensor still calls back one day. Such a late answer is dropped: nobody hears of it,
//   and nothing is reported.
// No polling: set no timer, and learn of the answer by your callback alone.
//
// The given sensors say when they are asked and what they answer. A task for each of
// them says what read_async returned. With door (1 at once, 0 at 251 ms), thermometer
// (21 and 22 in one breath at 137 ms), smoke (an error at 204 ms) and light (cancelled
// at 300 ms, an error at 412 ms) the transcript must be
//   [    0] door: asked
//   [    0] door: answers 1
//   [    0] door: read 1
//   [    0] thermometer: asked
//   [    0] smoke: asked
//   [    0] light: asked
//   [  137] thermometer: answers 21
//   [  137] thermometer: answers 22
//   [  137] thermometer: read 21
//   [  204] smoke: reports battery low
//   [  204] smoke: failed: battery low
//   [  251] door: answers 0
//   [  300] light: cancelled
//   [  412] light: reports lamp broken
//   [ 1000] sensors off
//
// Rules you need: R3 (awaiting), R4 (completion), R10 (cancel), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb); // given
};

/// Asks the sensor once and waits for its first answer.
/// Returns: the value. Throws: Error with the sensor's text.
Coro<int> read_async(Sensor& s) {
    // TODO(1): what can be awaited here, and completed somewhere else?
    s.read([](int /*value*/, std::string /*error*/) {
        // TODO(2): whom do the value and the error have to reach, and how?
        // TODO(3): what is different when this runs for the second time, or too late?
    });
    // TODO(4): what does this function wait for, and what comes out of that wait?
    co_return 0;
}
