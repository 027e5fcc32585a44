// expect: wrong-content M32 — a cancel is taken for a disturbance, and the wait begins again
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto f = get_running_loop().create_future<int>();
    s.read([f](int value, std::string error) {
        if (f.done()) {
            return;
        }
        if (error.empty()) {
            f.set_result(value);
        } else {
            f.set_exception(Error(error));
        }
    });
    while (!f.done()) {
        try {
            co_await shield(f);
        } catch (const CancelledError&) {
        } catch (const Error&) {
        }
    }
    co_return f.result();
}
