// expect: wrong-order M02 — makes tasks, but waits for each before it makes the next
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::string> texts(panels.size());
    std::size_t next = 0;
    while (next < panels.size()) {
        const auto& [name, d] = panels[next];
        Task<std::string> background = create_task(load_panel(name, d));
        texts[next] = co_await background;
        ++next;
    }
    co_return texts;
}
