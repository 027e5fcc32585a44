// expect: wrong-content M24 — a second answer comes before the first error that is thrown
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb); // given
};

/// Asks the sensor once and waits for its first answer.
/// Returns: the value. Throws: Error with the sensor's text.
Coro<int> read_async(Sensor& s) {
    Future<int> f = get_running_loop().create_future<int>();
    s.read([f](int value, std::string error) {
        if (!error.empty())
            throw Error(error);
        f.set_result(value);
    });
    co_return co_await f;
}
