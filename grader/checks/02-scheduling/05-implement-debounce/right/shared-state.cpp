// One shared object with everything in it; the new card is filed before the old one is torn up.
#include <aio/lab.hpp>
using namespace aio;

class Debouncer : public std::enable_shared_from_this<Debouncer> {
public:
    Debouncer(ms d, std::function<void(std::string)> f) : d_(d), f_(std::move(f)) {}
    void call(std::string value) {
        auto old = card_;
        card_ = get_running_loop().call_later(
            d_, [self = shared_from_this(), value = std::move(value)] { self->f_(value); });
        old.cancel();
    }

private:
    ms d_;
    std::function<void(std::string)> f_;
    TimerHandle card_;
};

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto debouncer = std::make_shared<Debouncer>(d, std::move(f));
    return [debouncer](std::string value) { debouncer->call(std::move(value)); };
}
