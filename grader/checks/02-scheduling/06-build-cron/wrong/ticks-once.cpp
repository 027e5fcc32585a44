// expect: incomplete only-once — a periodic job is filed when it is registered, and never again
#include <aio/lab.hpp>
using namespace aio;

class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}
    int every(ms period, Callback f) { return at(now() + period, std::move(f)); }

    int at(ms when, Callback f) {
        const int id = static_cast<int>(cards_.size());
        cards_.emplace_back();
        cards_.back() = loop_.call_at(time_point(when),
                                      [this, id, f = std::make_shared<Callback>(std::move(f))] {
                                          gone_.insert(id);
                                          (*f)();
                                      });
        return id;
    }

    bool cancel(int id) {
        cards_.at(static_cast<std::size_t>(id)).cancel();
        return gone_.insert(id).second;
    }

    std::optional<ms> next() const {
        std::optional<ms> earliest;
        for (std::size_t id = 0; id < cards_.size(); ++id) {
            const auto date = std::chrono::duration_cast<ms>(cards_[id].when().time_since_epoch());
            if (!gone_.contains(static_cast<int>(id)) && (!earliest || date < *earliest)) {
                earliest = date;
            }
        }
        return earliest;
    }

private:
    EventLoop& loop_;
    std::vector<TimerHandle> cards_;
    std::set<int> gone_;
};
