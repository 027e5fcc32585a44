// sim_network.cpp: connections in memory, whose bytes arrive at dates of the virtual clock.
#include "aio/sim_network.hpp"

#include "aio/sleep.hpp"

#include <algorithm>
#include <mutex>
#include <tuple>

namespace aio {

SimNetwork& sim_network() {
    static SimNetwork network;
    return network;
}

namespace detail {
namespace {

/// Runs `what` on a loop at `when`, from whichever loop's thread.
void arrive(std::uint64_t loop_id, time_point when, Callback what) {
    EventLoop* here = running_loop_or_null();
    if (here != nullptr && here->id() == loop_id) {
        here->arrive_at(when, std::move(what));
    } else {
        EventLoop::post(loop_id, [when, what = std::move(what)]() mutable {
            get_running_loop().arrive_at(when, std::move(what));
        });
    }
}

time_point now_at(std::uint64_t loop_id) {
    EventLoop* loop = EventLoop::find(loop_id);
    return loop != nullptr ? loop->time() : time_point{};
}

/// One direction of a connection. It belongs to the end that reads; the end that writes learns from
/// its absence that nobody reads any more.
struct Pipe : std::enable_shared_from_this<Pipe> {
    std::uint64_t reader = 0; ///< a loop
    std::uint64_t writer = 0; ///< a loop
    duration latency{};
    ByteQueue bytes; ///< arrived, not read
    std::size_t on_the_way = 0;
    bool ended = false;
    bool abandoned = false;  ///< the end that reads is gone
    bool reader_due = false; ///< on_readable is about to be called
    bool writer_due = false;
    std::function<void()> on_readable;
    std::function<void()> on_writable;

    std::size_t room() const {
        const std::size_t used = bytes.size() + on_the_way;
        return sim_network().window_bytes - std::min(used, sim_network().window_bytes);
    }
    bool readable() const { return bytes.size() > 0 || ended; }

    void tell_reader() {
        if (const auto callback = on_readable; callback && readable()) { // a copy: it may end
            callback();
            tell_reader_soon(); // of what it has left
        }
    }
    void tell_reader_soon() {
        if (on_readable && readable() && !std::exchange(reader_due, true)) {
            arrive(reader, now_at(reader), [pipe = shared_from_this()] {
                pipe->reader_due = false;
                pipe->tell_reader();
            });
        }
    }
    void tell_writer_soon() {
        if (on_writable && !std::exchange(writer_due, true)) {
            arrive(writer, now_at(reader), [pipe = shared_from_this()] {
                pipe->writer_due = false;
                if (const auto callback = pipe->on_writable) { // a copy, if it is still wanted
                    callback();
                }
            });
        }
    }
};

class SimChannel final : public Channel {
public:
    SimChannel(std::int64_t number, std::string peer_name, std::shared_ptr<Pipe> in,
               const std::shared_ptr<Pipe>& out)
        : Channel(number, std::move(peer_name)), in_(std::move(in)), out_(out) {}

    ~SimChannel() override {
        end();
        on_readable(nullptr);
        on_writable(nullptr);
        in_->abandoned = true;
        in_->tell_writer_soon(); // who waits for room learns that nobody will read
    }

    std::optional<std::size_t> read(ByteQueue& to) override {
        if (!in_->readable()) {
            return std::nullopt;
        }
        const std::size_t most = std::min(longest_read_bytes, sim_network().chunk_bytes);
        const std::size_t count = std::min(in_->bytes.size(), most);
        to.append(in_->bytes.view().substr(0, count));
        in_->bytes.drop(count);
        in_->tell_writer_soon();
        return count;
    }

    std::optional<std::size_t> write(std::string_view bytes) override {
        const auto pipe = out_.lock();
        if (pipe == nullptr || pipe->abandoned) {
            refuse("send", EPIPE);
        }
        std::string sent(bytes.substr(0, pipe->room()));
        if (sent.empty()) {
            return std::nullopt;
        }
        const std::size_t count = sent.size();
        pipe->on_the_way += count;
        send([sent = std::move(sent)](Pipe& to) {
            to.on_the_way -= sent.size();
            to.bytes.append(sent);
        });
        return count;
    }

    void on_readable(std::function<void()> callback) override {
        in_->on_readable = std::move(callback);
        in_->tell_reader_soon();
    }

    void on_writable(std::function<void()> callback) override {
        if (const auto pipe = out_.lock()) {
            pipe->on_writable = std::move(callback);
        }
    }

    void end() override {
        if (!std::exchange(ended_, true)) {
            send([](Pipe& to) { to.ended = true; });
        }
    }

private:
    template <class Change> void send(Change change) {
        if (const auto pipe = out_.lock()) {
            arrive(pipe->reader, now_at(pipe->writer) + pipe->latency,
                   [to = out_, change = std::move(change)] {
                       if (const auto arrived = to.lock()) {
                           change(*arrived);
                           arrived->tell_reader();
                       }
                   });
        }
    }

    std::shared_ptr<Pipe> in_;
    std::weak_ptr<Pipe> out_;
    bool ended_ = false;
};

duration latency_to(const std::string& host) {
    const auto& chosen = sim_network().latency_of;
    auto found = chosen.find(host);
    if (found == chosen.end() && host == "127.0.0.1") {
        found = chosen.find("localhost"); // its other name
    }
    return found != chosen.end() ? found->second : sim_network().latency;
}

/// Who listens, in all loops of the process: the loop, and what to do with a connection.
struct Directory {
    using Address = std::tuple<const Clock*, std::string, std::uint16_t>;
    using Entry = std::pair<std::uint64_t, Welcome>;
    std::mutex mutex;
    std::map<Address, Entry> entries;

    std::optional<Entry> find(const Clock& clock, const std::string& host, std::uint16_t port) {
        const std::lock_guard lock(mutex);
        for (const std::string& name : {host, std::string()}) { // who listens at "" hears all
            const auto found = entries.find({&clock, name, port});
            if (found != entries.end()) {
                return found->second;
            }
        }
        return std::nullopt;
    }
};

Directory& directory() {
    static auto* forever = new Directory;
    return *forever;
}

constexpr std::uint16_t first_free_port = 49152;

bool is_path(const std::string& host) { return host.find('/') != host.npos; }
std::string name_of(const std::string& host, std::uint16_t port) {
    return is_path(host) ? host : host + ":" + std::to_string(port);
}

} // namespace

bool has_sim_network(EventLoop& loop) {
    return dynamic_cast<VirtualClock*>(&loop.clock()) != nullptr;
}

std::uint16_t sim_listen(EventLoop& loop, const std::string& host, std::uint16_t port,
                         Welcome welcome) {
    const std::lock_guard lock(directory().mutex);
    auto& entries = directory().entries;
    const bool any_port = port == 0 && !is_path(host);
    port = any_port ? first_free_port : port;
    while (any_port && entries.contains({&loop.clock(), host, port})) {
        ++port;
    }
    if (!entries.try_emplace({&loop.clock(), host, port}, loop.id(), std::move(welcome)).second) {
        refuse("listen at " + name_of(host, port), EADDRINUSE);
    }
    return port;
}

void sim_unlisten(const Clock& clock, const std::string& host, std::uint16_t port) {
    const std::lock_guard lock(directory().mutex);
    directory().entries.erase({&clock, host, port});
}

Coro<std::unique_ptr<Channel>> sim_connect(std::string host, std::uint16_t port) {
    EventLoop& loop = get_running_loop();
    const duration latency = latency_to(host);
    std::unique_ptr<Channel> near;
    if (auto listener = directory().find(loop.clock(), host, port)) {
        const auto there = std::make_shared<Pipe>();
        const auto back = std::make_shared<Pipe>();
        there->reader = back->writer = listener->first;
        there->writer = back->reader = loop.id();
        there->latency = back->latency = latency;
        const auto number = static_cast<std::int64_t>(loop.next_number("connection"));
        near = std::make_unique<SimChannel>(2 * number - 1, name_of(host, port), back, there);
        auto far = std::make_unique<SimChannel>(
            2 * number, "client:" + std::to_string(first_free_port - 1 + number), there, back);
        arrive(listener->first, loop.time() + latency,
               [welcome = std::move(listener->second), far = std::move(far)]() mutable {
                   welcome(std::move(far));
               });
    }
    co_await sleep(2 * latency);
    if (near == nullptr) {
        refuse("connect to " + name_of(host, port), ECONNREFUSED);
    }
    co_return near;
}

} // namespace detail
} // namespace aio
