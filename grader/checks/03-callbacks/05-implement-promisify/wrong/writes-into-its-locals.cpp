// expect: crashed M23 — the callback writes into variables that may be gone
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    int result = 0;
    std::string problem;
    auto arrived = std::make_shared<Event>();
    s.read([&result, &problem, arrived](int value, std::string error) {
        result = value;
        problem = error;
        arrived->set();
    });
    co_await arrived->wait();
    if (!problem.empty()) {
        throw Error(problem);
    }
    co_return result;
}
