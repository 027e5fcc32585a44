// expect: runaway runaway — asks in every turn, and time never moves
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto answers = std::make_shared<std::vector<std::pair<int, std::string>>>();
    s.read([answers](int value, std::string error) { answers->emplace_back(value, error); });
    while (answers->empty()) {
        co_await sleep(0ms);
    }
    if (!answers->front().second.empty()) {
        throw Error(answers->front().second);
    }
    co_return answers->front().first;
}
