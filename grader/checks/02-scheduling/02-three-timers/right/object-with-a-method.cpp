// An object owns the list; its method is the callback. Waits with two sleeps.
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

class Board {
public:
    void schedule(ms d) {
        get_running_loop().call_later(d, [this, d] { append(d); });
        longest_ = std::max(longest_, d);
    }
    Coro<> wait() {
        co_await sleep(longest_);
        co_await sleep(200ms);
    }
    std::vector<std::string> list() const { return list_; }

private:
    void append(ms d) { list_.push_back(seconds_text(d)); }
    std::vector<std::string> list_;
    ms longest_ = 0ms;
};

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    Board board;
    for (ms d : delays) {
        board.schedule(d);
    }
    co_await board.wait();
    co_return board.list();
}
