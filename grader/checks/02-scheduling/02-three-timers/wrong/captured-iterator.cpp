// expect: wrong-content M23 — all callbacks ask one shared position which delay is theirs
#include <aio/lab.hpp>
using namespace aio;

std::string seconds_text(ms d);

struct Job {
    std::vector<ms> delays;
    std::size_t current = 0;
    std::vector<std::string> list;
    void append() { list.push_back(seconds_text(delays[current])); }
};

Coro<std::vector<std::string>> three_timers(std::vector<ms> delays) {
    Job job{delays, 0, {}};
    while (true) {
        get_running_loop().call_later(delays[job.current], [&job] { job.append(); });
        if (job.current + 1 == delays.size()) {
            break;
        }
        ++job.current;
    }
    co_await sleep(*std::max_element(delays.begin(), delays.end()) + 200ms);
    co_return job.list;
}
