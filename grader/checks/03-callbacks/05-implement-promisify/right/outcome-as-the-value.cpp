// the future carries value and error together; nobody waits for an answer at once.
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    struct Answer {
        int value;
        std::string error;
    };
    const auto early = std::make_shared<std::optional<Answer>>();
    const auto late = get_running_loop().create_future<Answer>();
    s.read([early, late](int value, std::string error) {
        if (!*early) {
            *early = Answer{value, error};
            if (!late.done()) {
                late.set_result(**early);
            }
        }
    });
    const Answer answer = *early ? **early : co_await late;
    if (answer.error.empty()) {
        co_return answer.value;
    }
    throw Error(answer.error);
}
