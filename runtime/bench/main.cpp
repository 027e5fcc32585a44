// main.cpp: the runtime's column in the table of loops.
#include "bench.hpp"
#include "workloads.hpp"

#include <aio/trace.hpp>

namespace {

/// Counts what the runtime tells. That it can be asked for keeps the compiler from concluding that
/// nobody ever listens: the figures are those of a runtime that could be traced.
class Counter final : public aio::Tracer {
public:
    void event(std::string_view /*name*/, std::initializer_list<aio::TraceField>) override {
        ++events_;
    }
    ~Counter() override { std::fprintf(stderr, "%llu trace events\n", events_); }

private:
    unsigned long long events_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    if (std::getenv("AIO_BENCH_TRACE") != nullptr) {
        static Counter counter;
        aio::set_tracer(&counter);
    }
    static constexpr bench::Workload workloads[] = {
        {"call_soon_chain", bench::call_soon_chain},
        {"call_soon_chain_io", bench::call_soon_chain_io},
        {"call_soon_burst", bench::call_soon_burst},
        {"timers_fire", bench::timers_fire},
        {"timers_cancel", bench::timers_cancel},
        {"timers_churn", bench::timers_churn},
        {"coro_yield", bench::coro_yield},
        {"spawn_join", bench::spawn_join},
        {"nested_await", bench::nested_await},
        {"post_threadsafe", bench::post_threadsafe},
        {"loop_pingpong", bench::loop_pingpong},
        {"loop_pingpong_asleep", bench::loop_pingpong_asleep},
        {"executor_roundtrip", bench::executor_roundtrip},
        {"executor_roundtrip_asleep", bench::executor_roundtrip_asleep},
        {"executor_batch", bench::executor_batch},
        {"executor_batch_asleep", bench::executor_batch_asleep},
    };
    return bench::run({argv, static_cast<std::size_t>(argc)}, workloads, bench::echo);
}
