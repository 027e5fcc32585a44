// dead_capture.cpp: goes wrong: what a coroutine lambda captures dies with the lambda.
#include <aio/lab.hpp>
using namespace aio;

using Name = std::shared_ptr<std::string>; // a string that counts its owners

Task<> by_capture(Name name) {
    auto remind = [name]() -> Coro<> {
        co_await sleep(100ms);
        say("somebody is on stage"); // *name would be dead memory
    };
    return create_task(remind());
} // `remind` ends here, and its capture with it

Coro<> remind(Name name) {
    co_await sleep(100ms);
    say("{} is on stage", *name);
}

Task<> by_parameter(Name name) { return create_task(remind(name)); }

Coro<> async_main() {
    Name ada = std::make_shared<std::string>("Ada");
    Task<> first = by_capture(ada);
    say("captured: the owners are main and {} more", ada.use_count() - 1);
    Task<> second = by_parameter(ada);
    say("passed: the owners are main and {} more", ada.use_count() - 1);
    co_await first;
    co_await second;
}

int main() { run(async_main()); }
