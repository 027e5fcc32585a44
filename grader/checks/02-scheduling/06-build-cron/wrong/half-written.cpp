// expect: wrong-content next-nothing — next() is still that of the stub, and the grid moves, too
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    int every(ms period, Callback f) {
        handles_.emplace_back();
        const std::size_t id = handles_.size() - 1;
        repeat(id, period, std::make_shared<Callback>(std::move(f)));
        return static_cast<int>(id);
    }

    int at(ms when, Callback f) {
        handles_.push_back(loop_.call_at(time_point(when), std::move(f)));
        return static_cast<int>(handles_.size() - 1);
    }

    bool cancel(int id) { return handles_[static_cast<std::size_t>(id)].cancel(); }
    std::optional<ms> next() const { return std::nullopt; }

private:
    void repeat(std::size_t id, ms period, std::shared_ptr<Callback> f) {
        handles_[id] = loop_.call_later(period, [this, id, period, f] {
            repeat(id, period, f);
            (*f)();
        });
    }

    EventLoop& loop_;
    std::vector<TimerHandle> handles_;
};
