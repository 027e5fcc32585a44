// expect: wrong-content M46 — looks so often that every time is right
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto mail = std::make_shared<std::optional<std::pair<int, std::string>>>();
    s.read([mail](int v, std::string e) {
        if (!mail->has_value()) {
            mail->emplace(v, e);
        }
    });
    for (; !*mail; co_await sleep(1ms)) {
    }
    const auto [v, e] = **mail;
    if (e != "") {
        throw Error(e);
    }
    co_return v;
}
