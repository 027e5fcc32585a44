// expect: wrong-content wrong-totals — counts below the try, where failed jobs come along too
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

class Shift {
public:
    Coro<> attempt(std::string name, Job job) {
        try {
            co_await job();
        } catch (const std::exception& error) {
            failed_++;
            say("job {} failed: {}", name, error.what());
        }
        ok_++;
    }
    void sum_up() const { say("ok={} failed={}", ok_, failed_); }

private:
    int ok_ = 0;
    int failed_ = 0;
};

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    Shift shift;
    std::vector<Coro<>> attempts;
    for (const auto& [name, job] : jobs) {
        attempts.push_back(shift.attempt(name, job));
    }
    co_await gather(std::move(attempts));
    shift.sum_up();
}
