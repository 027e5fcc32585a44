// to_thread in a task of its own; whoever of the two is over last rings.
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    const auto begin = get_running_loop().time();
    for (int i = 0; i < from; ++i) {
        say("  Countdown: {}", from - i);
        co_await sleep(begin + (i + 1) * step - get_running_loop().time());
    }
}

struct Both {
    int open = 2;
    std::string text;
    Event over;
    void one_is_over() {
        if (--open == 0) {
            over.set();
        }
    }
};

Coro<> peel(Both& both, ms d) {
    both.text = co_await to_thread(blocking_work, d);
    both.one_is_over();
}

Coro<> count(Both& both, int from, ms step) {
    co_await countdown(from, step);
    both.one_is_over();
}

Coro<> overlap(ms work, int from, ms step) {
    Both both;
    auto counting = create_task(count(both, from, step));
    auto peeling = create_task(peel(both, work));
    co_await both.over.wait();
    say("Executor returned: {}", both.text);
}
