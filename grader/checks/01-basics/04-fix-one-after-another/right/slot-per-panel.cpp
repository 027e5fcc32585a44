// Each task writes into its own slot, and a future that the last one completes ends the wait.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

struct Desk {
    std::vector<std::string> slots;
    std::size_t open = 0;
    Future<bool> all_loaded = get_running_loop().create_future<bool>();
};

Coro<> load_slot(Desk& desk, std::size_t slot, std::string name, ms d) {
    desk.slots[slot] = co_await load_panel(name, d);
    if (--desk.open == 0) {
        desk.all_loaded.set_result(true);
    }
}

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    Desk desk;
    desk.slots.resize(panels.size());
    desk.open = panels.size();
    std::vector<Task<>> tasks;
    for (std::size_t i = 0; i < panels.size(); ++i) {
        tasks.push_back(create_task(load_slot(desk, i, panels[i].first, panels[i].second)));
    }
    if (desk.open > 0) {
        co_await desk.all_loaded;
    }
    co_return desk.slots;
}
