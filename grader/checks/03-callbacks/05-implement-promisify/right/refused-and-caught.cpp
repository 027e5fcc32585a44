// a class with a call operator; a future that is done refuses, and that is fine.
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

class Completer {
public:
    explicit Completer(Future<int> f) : future_(f) {}

    void operator()(int value, const std::string& error) const {
        try {
            if (error.size() > 0) {
                future_.set_exception(std::make_exception_ptr(Error(error)));
            } else {
                future_.set_result(value);
            }
        } catch (const InvalidStateError&) {
            // somebody, or a cancel, was quicker
        }
    }

private:
    Future<int> future_;
};

Coro<int> read_async(Sensor& s) {
    Future<int> future = get_running_loop().create_future<int>();
    s.read(Completer(future));
    int value = co_await future;
    co_return value;
}
