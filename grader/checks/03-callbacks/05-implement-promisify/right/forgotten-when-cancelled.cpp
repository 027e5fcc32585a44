// the callback looks for its reader, who signs off when the wait is over.
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

struct Reader {
    Future<int>* waiting = nullptr;
};

struct SignOff {
    std::shared_ptr<Reader> reader;
    ~SignOff() { reader->waiting = nullptr; }
};

Coro<int> read_async(Sensor& s) {
    auto future = get_running_loop().create_future<int>();
    auto reader = std::make_shared<Reader>(Reader{&future});
    const SignOff at_the_end{reader};
    s.read([reader](int value, std::string error) {
        Future<int>* const box = reader->waiting;
        if (box == nullptr || box->done()) {
            return;
        }
        if (error.empty()) {
            box->set_result(value);
        } else {
            box->set_exception(Error(error));
        }
    });
    co_return co_await future;
}
