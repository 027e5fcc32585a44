// pool_of_two.cpp: six jobs, two helpers.
#include <aio/lab.hpp>
using namespace aio;

int peel(int number) {
    block_for(300ms);
    say("job {} end", number);
    return number;
}

Coro<> async_main() {
    ThreadPool helpers{2};
    std::vector<Future<int>> checks;
    for (int number = 0; number < 6; ++number) {
        checks.push_back(get_running_loop().run_in_executor(&helpers, peel, number));
    }
    say("all submitted");
    std::string results;
    for (Future<int>& check : checks) {
        results += " " + std::to_string(co_await check);
    }
    say("results{}", results);
}

int main() { run(async_main()); }
