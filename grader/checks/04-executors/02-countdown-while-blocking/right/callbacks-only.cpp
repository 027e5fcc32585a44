// The countdown as a chain of call_later; done-callbacks end it.
#include <aio/lab.hpp>
#include <memory>
using namespace aio;

std::string blocking_work(ms d);

void count(int number, ms step, Future<> over) {
    if (number == 0) {
        over.set_result();
        return;
    }
    say("  Countdown: {}", number);
    get_running_loop().call_later(step, [=] { count(number - 1, step, over); });
}

Coro<> countdown(int from, ms step) {
    auto over = get_running_loop().create_future<>();
    count(from, step, over);
    co_await over;
}

Coro<> overlap(ms work, int from, ms step) {
    auto over = get_running_loop().create_future<>();
    count(from, step, over);
    auto job = get_running_loop().run_in_executor(nullptr, &blocking_work, work);
    auto all = get_running_loop().create_future<>();
    over.add_done_callback([job, all](const auto&) {
        if (job.done()) {
            all.set_result();
        } else {
            job.add_done_callback([all](const auto&) { all.set_result(); });
        }
    });
    co_await all;
    say("Executor returned: {}", job.result());
}
