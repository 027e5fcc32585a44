// expect: wrong-content M20 — a try around read, and a throw in the callback
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    const Future<int> box = get_running_loop().create_future<int>();
    try {
        s.read([box](int v, std::string e) {
            if (!e.empty() && !box.done()) {
                throw std::runtime_error(e);
            } else if (!box.done()) {
                box.set_result(v);
            }
        });
    } catch (const std::runtime_error& problem) {
        box.set_exception(Error(problem.what()));
    }
    co_return co_await box;
}
