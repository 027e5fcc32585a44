// expect: timed-out real-sleep — looks again and again whether the panels are there, with real naps
#include <aio/lab.hpp>
using namespace aio;

#include <unistd.h>

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<Task<std::string>> tasks;
    for (const auto& [name, d] : panels) {
        tasks.push_back(create_task(load_panel(name, d)));
    }
    std::vector<std::string> texts;
    for (const auto& task : tasks) {
        while (!task.done()) {
            usleep(100'000);
        }
        texts.push_back(task.result());
    }
    co_return texts;
}
