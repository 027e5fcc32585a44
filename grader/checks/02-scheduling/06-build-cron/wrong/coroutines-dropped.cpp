// expect: wrong-content M01 — calls a coroutine for each job and drops its object
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop&) {}
    int every(ms period, Callback f) {
        dates_[++last_] = now() + period;
        auto started = repeat(last_, period, std::make_shared<Callback>(std::move(f)));
        return last_;
    }
    int at(ms when, Callback f) {
        dates_[++last_] = when;
        auto started = once(last_, when, std::make_shared<Callback>(std::move(f)));
        return last_;
    }
    bool cancel(int id) { return dates_.erase(id) == 1; }
    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (const auto& [id, date] : dates_) {
            earliest = std::min(earliest.value_or(date), date);
        }
        return earliest;
    }

private:
    Coro<> repeat(int id, ms period, std::shared_ptr<Callback> f) {
        while (dates_.contains(id)) {
            co_await sleep(dates_[id] - now());
            dates_[id] += period;
            (*f)();
        }
    }
    Coro<> once(int id, ms when, std::shared_ptr<Callback> f) {
        co_await sleep(when - now());
        dates_.erase(id);
        (*f)();
    }
    std::map<int, ms> dates_;
    int last_ = 0;
};
