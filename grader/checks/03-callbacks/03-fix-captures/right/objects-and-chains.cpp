// Classes own the strings: a caller that sets its next timer itself, and a log that is only
// callbacks until its future wakes the task.
#include <aio/lab.hpp>
#include <deque>
using namespace aio;

Coro<> log_pause();

class Caller : public std::enable_shared_from_this<Caller> {
public:
    Caller(EventLoop& loop, std::vector<std::string> names, ms step)
        : loop_(loop), waiting_(names.begin(), names.end()), step_(step) {}

    void call_next_later() {
        if (!waiting_.empty()) {
            loop_.call_later(step_, [self = shared_from_this()] { self->call_next(); });
        }
    }

private:
    void call_next() {
        say("{}, please", waiting_.front());
        waiting_.pop_front();
        call_next_later();
    }

    EventLoop& loop_;
    std::deque<std::string> waiting_;
    ms step_;
};

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    std::make_shared<Caller>(loop, names, step)->call_next_later();
}

struct LogBook {
    std::string prefix;
    std::function<std::string()> source;

    bool write_next() const {
        const std::string entry = source();
        if (entry.empty()) {
            return false;
        }
        say("{}: {}", prefix, entry);
        return true;
    }
};

Coro<> keep(std::unique_ptr<LogBook> book) {
    while (book->write_next()) {
        co_await log_pause();
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    return create_task(keep(std::make_unique<LogBook>(LogBook{prefix, source})), prefix);
}

Coro<> greet(std::string name, ms after) {
    const auto spoken = get_running_loop().create_future<>();
    get_running_loop().call_later(after, [name, spoken] {
        say("welcome, {}", name);
        spoken.set_result();
    });
    co_await spoken;
}
