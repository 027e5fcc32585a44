// Keeps references and captures, and keeps alive what they name: shared lists, a lambda that its
// own task's callback holds, a plain function that copies before the coroutine begins.
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    const auto kept = std::make_shared<const std::vector<std::string>>(std::move(names));
    for (std::size_t k = 0; k < kept->size(); ++k) {
        const std::string& name = (*kept)[k];
        loop.call_later((k + 1) * step, [&name, kept] { say("{}, please", name); });
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    auto body = [prefix, source]() -> Coro<> {
        for (std::string entry = source(); !entry.empty(); entry = source()) {
            say("{}: {}", prefix, entry);
            co_await log_pause();
        }
    };
    const auto log = std::make_shared<decltype(body)>(body);
    auto task = create_task((*log)());
    task.add_done_callback([log] {});
    return task;
}

Coro<> greet_soon(std::shared_ptr<std::string> name, ms after) {
    co_await sleep(after);
    say("welcome, {}", *name);
}

Coro<> greet(const std::string& name, ms after) {
    return greet_soon(std::make_shared<std::string>(name), after);
}
