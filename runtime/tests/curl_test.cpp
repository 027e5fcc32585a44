// curl_test.cpp: libcurl's transfers driven by our loop, against a small server on the same loop.
#include <aio/aio.hpp>
#include <aio/unique_fd.hpp>
#include <curl/curl.h>
#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <array>
#include <map>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

using namespace aio;

namespace {

/// A port of this machine to which libcurl can connect.
struct Listener {
    UniqueFd socket{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    std::string url;

    Listener() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        socklen_t bytes = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(socket.get(), any, bytes) == 0);
        REQUIRE(::listen(socket.get(), 8) == 0);
        REQUIRE(::getsockname(socket.get(), any, &bytes) == 0);
        url = "http://127.0.0.1:" + std::to_string(::ntohs(address.sin_port)) + "/";
    }
    int accept() const {
        return ::accept4(socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    }
};

/// Answers each connection's first request with `body`, and closes it.
class TinyServer {
public:
    TinyServer(EventLoop& loop, std::string body) : loop_(loop), body_(std::move(body)) {
        loop_.add_reader(listener_.socket.get(), [this] { accept(); });
    }
    ~TinyServer() { loop_.remove_reader(listener_.socket.get()); }

    const std::string& url() const noexcept { return listener_.url; }

private:
    struct Peer {
        UniqueFd socket;
        std::string request;
        std::string answer;
    };

    void accept() {
        const int fd = listener_.accept();
        if (fd >= 0) {
            peers_[fd].socket = UniqueFd(fd);
            loop_.add_reader(fd, [this, fd] { read(fd); });
        }
    }

    void read(int fd) {
        std::array<char, 512> part{};
        const auto got = ::recv(fd, part.data(), part.size(), 0);
        std::string& request = peers_.at(fd).request.append(
            part.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got <= 0) {
            loop_.remove_reader(fd);
            peers_.erase(fd);
        } else if (request.ends_with("\r\n\r\n")) {
            loop_.remove_reader(fd);
            peers_.at(fd).answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " +
                                   std::to_string(body_.size()) + "\r\n\r\n" + body_;
            loop_.add_writer(fd, [this, fd] { write(fd); });
        }
    }

    void write(int fd) {
        std::string& answer = peers_.at(fd).answer;
        const auto sent = ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
        answer.erase(0, static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
        if (answer.empty() || sent < 0) {
            loop_.remove_writer(fd);
            peers_.erase(fd);
        }
    }

    EventLoop& loop_;
    std::string body_;
    Listener listener_;
    std::map<int, Peer> peers_;
};

/// libcurl's multi handle, which asks our loop to watch its sockets and to call it in time. Its
/// callbacks are noexcept: an exception must not pass through C.
class Curl {
public:
    explicit Curl(EventLoop& loop) : loop_(loop), multi_(curl_multi_init()) {
        curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &watch);
        curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &set_timer);
    }
    ~Curl() {
        curl_multi_cleanup(multi_);
        timer_.cancel();
    }
    Curl(const Curl&) = delete;
    Curl& operator=(const Curl&) = delete;

    /// Returns: what `url` holds. Throws: Error with libcurl's text. A cancel ends the transfer.
    static Coro<std::string> fetch(Curl& curl, std::string url) {
        Transfer transfer(curl);
        curl_easy_setopt(transfer.easy, CURLOPT_URL, url.c_str());
        curl_multi_add_handle(curl.multi_, transfer.easy);
        co_await transfer.done;
        co_return std::move(transfer.body);
    }

private:
    struct Transfer {
        explicit Transfer(Curl& c) : curl(c), done(c.loop_.create_future()) {
            curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
            curl_easy_setopt(easy, CURLOPT_PROXY, ""); // whatever the environment says
            curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
            curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &append);
        }
        ~Transfer() {
            curl_multi_remove_handle(curl.multi_, easy);
            curl_easy_cleanup(easy);
        }
        Transfer(const Transfer&) = delete;
        Transfer& operator=(const Transfer&) = delete;

        static std::size_t append(char* part, std::size_t size, std::size_t count,
                                  void* text) noexcept {
            static_cast<std::string*>(text)->append(part, size * count);
            return size * count;
        }

        Curl& curl;
        CURL* easy = curl_easy_init();
        Future<void> done;
        std::string body;
    };

    static int watch(CURL* /*easy*/, curl_socket_t fd, int what, void* data, void*) noexcept {
        Curl& self = *static_cast<Curl*>(data);
        if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) {
            self.loop_.add_reader(fd, [&self, fd] { self.act(fd, CURL_CSELECT_IN); });
        } else {
            self.loop_.remove_reader(fd);
        }
        if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) {
            self.loop_.add_writer(fd, [&self, fd] { self.act(fd, CURL_CSELECT_OUT); });
        } else {
            self.loop_.remove_writer(fd);
        }
        return 0;
    }

    static int set_timer(CURLM* /*multi*/, long timeout_ms, void* data) noexcept {
        Curl& self = *static_cast<Curl*>(data);
        self.timer_.cancel();
        if (timeout_ms >= 0) { // zero as well: libcurl must not be called from its own callback
            self.timer_ = self.loop_.call_later(ms(timeout_ms),
                                                [&self] { self.act(CURL_SOCKET_TIMEOUT, 0); });
        }
        return 0;
    }

    void act(curl_socket_t fd, int events) {
        int running = 0;
        curl_multi_socket_action(multi_, fd, events, &running);
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            const CURLcode outcome = message->data.result;
            char* which = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &which);
            const Future<void>& done = reinterpret_cast<Transfer*>(which)->done;
            if (done.done()) {
                continue; // cancelled at the same instant
            }
            outcome == CURLE_OK ? done.set_result()
                                : done.set_exception(Error(curl_easy_strerror(outcome)));
        }
    }

    EventLoop& loop_;
    CURLM* multi_;
    TimerHandle timer_;
};

struct World {
    RealClock clock;
    EventLoop loop{{.clock = &clock, .selector = nullptr}};
    Curl curl{loop};
};

} // namespace

TEST_CASE("libcurl fetches three pages at once over our loop (real)") {
    World world;
    const std::string page(1 << 20, 'x'); // more than the buffers of a socket hold
    const TinyServer server(world.loop, page);
    const auto main = [](World& w, std::string url) -> Coro<std::vector<std::string>> {
        std::vector<Coro<std::string>> fetches;
        for (int i = 0; i < 3; ++i) {
            fetches.push_back(Curl::fetch(w.curl, url));
        }
        co_return co_await gather(std::move(fetches));
    };

    const auto pages = world.loop.run_until_complete(main(world, server.url()));

    CHECK(pages == std::vector<std::string>(3, page));
}

TEST_CASE("a transfer that fails throws what libcurl says, and the next one works (real)") {
    World world;
    const TinyServer server(world.loop, "hello");
    std::string nobody;
    {
        const TinyServer gone(world.loop, "");
        nobody = gone.url();
    }

    CHECK_THROWS_WITH_AS(world.loop.run_until_complete(Curl::fetch(world.curl, nobody)),
                         "Couldn't connect to server", Error);
    CHECK(world.loop.run_until_complete(Curl::fetch(world.curl, server.url())) == "hello");
}

TEST_CASE("a transfer that is cancelled lets go of its socket (real)") {
    World world;
    const Listener silent; // accepts, and says nothing
    UniqueFd peer;
    const Task<std::string> task = world.loop.create_task(Curl::fetch(world.curl, silent.url));
    world.loop.add_reader(silent.socket.get(), [&] {
        world.loop.remove_reader(silent.socket.get());
        peer = UniqueFd(silent.accept());
        task.cancel();
    });

    CHECK_THROWS_AS(world.loop.run_until_complete(task), CancelledError);

    std::array<char, 512> request{};
    while (::recv(peer.get(), request.data(), request.size(), 0) > 0) {
    }
    CHECK(::recv(peer.get(), request.data(), request.size(), 0) == 0);
}
