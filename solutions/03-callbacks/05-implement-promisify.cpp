// 03-callbacks/05 implement-promisify, solved: one future, and a callback completes it.
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb); // given
};

/// Asks the sensor once and waits for its first answer.
/// Returns: the value. Throws: Error with the sensor's text.
Coro<int> read_async(Sensor& s) {
    // 1 the mailbox: this function waits for it, and the callback puts something in.
    const Future<int> answer = get_running_loop().create_future<int>();

    // 2 the number that the sensor keeps. It holds a copy of the handle: the sensor may
    //   use it when this function has ended and its variables are gone.
    s.read([answer](int value, std::string error) {
        // Done after the first answer, and after a cancel as well: whoever cancels the
        // task cancels what it waits for (R10). Then nobody is left to tell.
        if (answer.done()) {
            return;
        }
        // An error thrown here would reach the sensor, and not who waits (R15).
        if (error.empty()) {
            answer.set_result(value);
        } else {
            answer.set_exception(Error(error));
        }
    });

    // 3 the wait. After an answer inside read the future is done already, and by R3 the
    //   await goes on at once.
    co_return co_await answer;
}
