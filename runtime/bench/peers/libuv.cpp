// libuv.cpp: libuv's column. The loop below Node: handles, milliseconds, one thread pool.
//
// libuv has no call_soon. What its users write instead is measured: a queue of their own that an
// idle handle empties, once in each turn of the loop.
#include "../bench.hpp"

#include <uv.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace {

using namespace bench;

uv_loop_t* loop() { return uv_default_loop(); }

void run_loop() { uv_run(loop(), UV_RUN_DEFAULT); }

/// call_soon for libuv, as a user writes it.
class SoonQueue {
public:
    SoonQueue() {
        uv_idle_init(loop(), &idle_);
        idle_.data = this;
    }

    void push(std::function<void()> callback) {
        queue_.push_back(std::move(callback));
        if (!active_) { // an idle handle that is on keeps the loop from sleeping
            active_ = true;
            uv_idle_start(
                &idle_, [](uv_idle_t* idle) { static_cast<SoonQueue*>(idle->data)->run_queued(); });
        }
    }

private:
    void run_queued() {
        for (std::size_t left = queue_.size(); left > 0; --left) { // this turn's, and only those
            const std::function<void()> callback = std::move(queue_.front());
            queue_.pop_front();
            callback();
        }
        if (queue_.empty()) {
            active_ = false;
            uv_idle_stop(&idle_);
        }
    }

    uv_idle_t idle_;
    std::deque<std::function<void()>> queue_;
    bool active_ = false;
};

struct Step {
    SoonQueue* queue;
    std::uint32_t* left;
    void operator()() const {
        if (--*left > 0) {
            queue->push(*this);
        } else {
            uv_stop(loop());
        }
    }
};

void chain(std::string_view workload) {
    SoonQueue queue;
    std::uint32_t left = chain_callbacks;
    queue.push(Step{&queue, &left});
    const std::uint64_t begin = nanoseconds();
    run_loop();
    report_each(workload, nanoseconds() - begin, chain_callbacks);
}

void call_soon_chain() { chain("call_soon_chain"); }

void call_soon_chain_io() { // the same beside a pipe in which nothing comes, and a far timer
    int ends[2];
    if (::pipe(ends) != 0) {
        std::abort();
    }
    static uv_pipe_t pipe; // static: libuv keeps a pointer to each handle
    uv_pipe_init(loop(), &pipe, 0);
    uv_pipe_open(&pipe, ends[0]);
    uv_read_start(
        reinterpret_cast<uv_stream_t*>(&pipe),
        [](uv_handle_t*, std::size_t, uv_buf_t* buffer) { *buffer = uv_buf_init(nullptr, 0); },
        [](uv_stream_t*, ssize_t, const uv_buf_t*) {});
    static uv_timer_t timer;
    uv_timer_init(loop(), &timer);
    uv_timer_start(&timer, [](uv_timer_t*) {}, 3'600'000, 0);
    chain("call_soon_chain_io");
}

std::uint64_t sum = 0;

void burst(std::string_view workload, SoonQueue& queue) {
    const std::uint64_t begin = nanoseconds();
    for (std::uint64_t i = 0; i < burst_callbacks; ++i) {
        queue.push([a = i, b = i + 1, c = i + 2] { sum += a + b + c; });
    }
    run_loop();
    report_each(workload, nanoseconds() - begin, burst_callbacks);
}

void call_soon_burst() {
    SoonQueue queue;
    const std::uint64_t before = memory_bytes();
    burst("call_soon_burst_cold", queue);
    report_bytes("call_soon_burst_bytes", before, burst_callbacks);
    burst("call_soon_burst", queue);
    keep(sum);
}

std::uint32_t fired = 0;
void count_fired(uv_timer_t*) { ++fired; }

/// Returns: timers not yet begun. libuv's users own them; nothing is written before they are set.
std::unique_ptr<uv_timer_t[]> make_timers(std::uint32_t count) {
    return std::make_unique_for_overwrite<uv_timer_t[]>(count);
}

void timers_fire() { // deadlines are cut to whole milliseconds: libuv has no others
    const auto deadlines = deadlines_us(timers, 50'000);
    const std::uint64_t begin = nanoseconds();
    const std::uint64_t begin_processor = processor_nanoseconds();
    const auto handles = make_timers(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        uv_timer_init(loop(), &handles[i]);
        uv_timer_start(&handles[i], count_fired, deadlines[i] / 1000, 0);
    }
    run_loop();
    report_each("timers_fire", nanoseconds() - begin, fired);
    report_each("timers_fire_cpu", processor_nanoseconds() - begin_processor, fired);
}

void timers_cancel() {
    const auto order = permutation(timers);
    const std::uint64_t begin = nanoseconds();
    const auto handles = make_timers(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        uv_timer_init(loop(), &handles[i]);
        uv_timer_start(&handles[i], count_fired, 60'000, 0);
    }
    for (const std::uint32_t i : order) {
        uv_timer_stop(&handles[i]);
    }
    report_each("timers_cancel", nanoseconds() - begin, timers);
}

void timers_churn() { // to start a timer that runs is to move it
    Random random;
    const auto far = [&] { return 1'000 + random.below(60'000'000) / 1'000; };
    const auto handles = make_timers(live_timers);
    for (std::uint32_t i = 0; i < live_timers; ++i) {
        uv_timer_init(loop(), &handles[i]);
        uv_timer_start(&handles[i], count_fired, far(), 0);
    }
    const std::uint64_t begin = nanoseconds();
    for (std::uint32_t i = 0; i < churn_moves; ++i) {
        uv_timer_start(&handles[random.below(live_timers)], count_fired, far(), 0);
        if (i % 64 == 0) {
            uv_run(loop(), UV_RUN_NOWAIT);
        }
    }
    report_each("timers_churn", nanoseconds() - begin, churn_moves);
}

template <class Handle> void close(Handle* handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
}

/// The pattern of libuv's guide: a queue under a mutex, and uv_async_send, of which many may become
/// one call, to say that there is something in it.
struct Posts {
    std::mutex mutex;
    std::deque<std::function<void()>> queue; ///< guarded by the mutex
    uv_async_t bell;
    std::uint32_t done = 0; ///< the loop's

    void run_queued() {
        std::deque<std::function<void()>> batch;
        {
            const std::lock_guard lock(mutex);
            batch.swap(queue);
        }
        for (const auto& callback : batch) {
            callback();
        }
        if (done == posts) {
            close(&bell);
        }
    }
    void post_all() {
        for (std::uint32_t i = 0; i < posts; ++i) {
            {
                const std::lock_guard lock(mutex);
                queue.emplace_back([this] { ++done; });
            }
            uv_async_send(&bell);
        }
    }
};

void post_threadsafe() {
    Posts all;
    uv_async_init(loop(), &all.bell,
                  [](uv_async_t* bell) { static_cast<Posts*>(bell->data)->run_queued(); });
    all.bell.data = &all;
    const std::uint64_t begin = nanoseconds();
    uv_thread_t poster;
    uv_thread_create(&poster, [](void* p) { static_cast<Posts*>(p)->post_all(); }, &all);
    run_loop();
    report_each("post_threadsafe", nanoseconds() - begin, posts);
    uv_thread_join(&poster);
}

/// Two loops in two threads, each with a bell that the other one rings.
struct PingPong {
    uv_loop_t there;
    uv_async_t ping; ///< rung here, heard there
    uv_async_t pong; ///< the way back
    std::uint32_t pings = 0;
    std::uint32_t pongs = 0;
} game;

void loop_pingpong() {
    uv_loop_init(&game.there);
    uv_async_init(&game.there, &game.ping, [](uv_async_t* bell) {
        uv_async_send(&game.pong);
        if (++game.pings == round_trips) {
            close(bell);
        }
    });
    uv_async_init(loop(), &game.pong, [](uv_async_t* bell) {
        if (++game.pongs < round_trips) {
            uv_async_send(&game.ping);
        } else {
            close(bell);
        }
    });
    const std::uint64_t begin = nanoseconds();
    uv_thread_t other;
    uv_thread_create(&other, [](void*) { uv_run(&game.there, UV_RUN_DEFAULT); }, nullptr);
    uv_async_send(&game.ping);
    run_loop();
    report_each("loop_pingpong", nanoseconds() - begin, round_trips);
    uv_thread_join(&other);
}

std::uint64_t calls = 0;
std::uint32_t jobs_left = 0;
std::uint32_t rounds_left = 0;
uv_work_t jobs[batch];

void job(uv_work_t*) { ++calls; }

/// libuv's pool has four threads for the whole process unless the environment says otherwise.
void use_one_worker() { ::setenv("UV_THREADPOOL_SIZE", "1", 1); }

void after_one(uv_work_t* request, int) {
    if (--jobs_left > 0) {
        uv_queue_work(loop(), request, job, after_one);
    }
}

void executor_roundtrip() {
    use_one_worker();
    jobs_left = round_trips;
    const std::uint64_t begin = nanoseconds();
    uv_queue_work(loop(), &jobs[0], job, after_one);
    run_loop();
    report_each("executor_roundtrip", nanoseconds() - begin, round_trips);
    keep(calls);
}

void after_one_of_batch(uv_work_t*, int);

void submit_batch() {
    jobs_left = batch;
    for (uv_work_t& request : jobs) {
        uv_queue_work(loop(), &request, job, after_one_of_batch);
    }
}

void after_one_of_batch(uv_work_t*, int) {
    if (--jobs_left == 0 && --rounds_left > 0) {
        submit_batch();
    }
}

void executor_batch() {
    use_one_worker();
    rounds_left = batched_jobs / batch;
    const std::uint64_t begin = nanoseconds();
    submit_batch();
    run_loop();
    report_each("executor_batch", nanoseconds() - begin, batched_jobs);
    keep(calls);
}

/// A client of the echo server: its buffer is its own, so nothing is copied in the usual case.
struct Client {
    uv_tcp_t socket;
    char buffer[64 * 1024];
};

/// Effects: sends what the socket takes at once, which is nearly always all; a copy of the rest
/// waits in libuv's queue.
void send_back(uv_stream_t* socket, char* bytes, std::size_t size) {
    uv_buf_t all = uv_buf_init(bytes, static_cast<unsigned>(size));
    const int sent = std::max(0, uv_try_write(socket, &all, 1));
    const std::size_t left = size - static_cast<std::size_t>(sent);
    if (left == 0) {
        return;
    }
    struct Rest {
        uv_write_t request;
        std::vector<char> bytes;
    };
    auto* rest = new Rest{{}, {bytes + sent, bytes + size}};
    rest->request.data = rest;
    uv_buf_t waiting = uv_buf_init(rest->bytes.data(), static_cast<unsigned>(left));
    uv_write(&rest->request, socket, &waiting, 1,
             [](uv_write_t* request, int) { delete static_cast<Rest*>(request->data); });
}

void on_read(uv_stream_t* socket, ssize_t size, const uv_buf_t* buffer) {
    if (size < 0) { // the end, or an error
        uv_close(reinterpret_cast<uv_handle_t*>(socket),
                 [](uv_handle_t* handle) { delete static_cast<Client*>(handle->data); });
        return;
    }
    send_back(socket, buffer->base, static_cast<std::size_t>(size));
}

void on_connection(uv_stream_t* listener, int) {
    auto* client = new Client;
    uv_tcp_init(loop(), &client->socket);
    client->socket.data = client;
    auto* stream = reinterpret_cast<uv_stream_t*>(&client->socket);
    uv_accept(listener, stream);
    uv_tcp_nodelay(&client->socket, 1);
    uv_read_start(
        stream,
        [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
            auto& bytes = static_cast<Client*>(handle->data)->buffer;
            *buffer = uv_buf_init(bytes, sizeof bytes);
        },
        on_read);
}

void echo(std::uint16_t port) {
    uv_tcp_t listener;
    uv_tcp_init(loop(), &listener);
    sockaddr_in address;
    uv_ip4_addr("127.0.0.1", port, &address);
    uv_tcp_bind(&listener, reinterpret_cast<const sockaddr*>(&address), 0);
    uv_listen(reinterpret_cast<uv_stream_t*>(&listener), 1024, on_connection);
    run_loop();
}

} // namespace

int main(int argc, char** argv) {
    static constexpr Workload workloads[] = {
        {"call_soon_chain", call_soon_chain},       {"call_soon_chain_io", call_soon_chain_io},
        {"call_soon_burst", call_soon_burst},       {"timers_fire", timers_fire},
        {"timers_cancel", timers_cancel},           {"timers_churn", timers_churn},
        {"post_threadsafe", post_threadsafe},       {"loop_pingpong", loop_pingpong},
        {"executor_roundtrip", executor_roundtrip}, {"executor_batch", executor_batch},
    };
    return run({argv, static_cast<std::size_t>(argc)}, workloads, echo);
}
