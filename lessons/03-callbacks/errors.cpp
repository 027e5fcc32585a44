// errors.cpp: an error waits in its task, and can be one result among others.
#include <aio/lab.hpp>
using namespace aio;

Coro<> failing() {
    co_await sleep(1s);
    throw Error("Something went wrong");
}

Coro<> async_main() {
    try {
        co_await create_task(failing());
    } catch (const Error& error) {
        say("Caught error: {}", error.what());
    }
    std::vector<Coro<>> both;
    both.push_back(failing());
    both.push_back(sleep(2s));
    const std::vector<Outcome<void>> results = co_await gather_settled(std::move(both));
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (results[i].ok()) {
            say("Task {} succeeded", i);
        } else {
            say("Task {} failed with: {}", i, results[i].error());
        }
    }
}

int main() { run(async_main()); }
