// expect: wrong-content grace-per-task — one wait_for after the other
#include <aio/lab.hpp>
using namespace aio;

struct DrainReport {
    int finished, cut, failed, stuck;
};

Coro<DrainReport> drain(std::vector<Task<>> tasks, ms grace) {
    DrainReport report{};
    for (const Task<>& task : tasks) {
        try {
            co_await wait_for(task, grace);
            ++report.finished;
        } catch (const TimeoutError&) {
            ++report.cut;
        } catch (const CancelledError&) {
            ++report.cut;
        } catch (const std::exception&) {
            ++report.failed;
        }
    }
    co_return report;
}
