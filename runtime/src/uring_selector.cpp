// uring_selector.cpp: descriptors watched through two rings that the kernel and the program share.
//
// Requests go into one ring, answers come out of the other, and one system call hands over what is
// new and waits. A request to poll is answered once, at once if there is news already. select()
// asks again for each descriptor whose answer it has told: so a descriptor is news for as long as
// there is something to read, as with epoll and poll, and asking again costs no further call.
#include "aio/uring_selector.hpp"

#include "aio/unique_fd.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/time_types.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unordered_map>

namespace aio {
namespace {

/// Memory that is shared with the kernel.
class SharedMemory {
public:
    SharedMemory(int fd, std::size_t bytes, std::uint64_t offset)
        : bytes_(bytes), start_(::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
                                       static_cast<off_t>(offset))) {
        if (start_ == MAP_FAILED) {
            detail::refuse("mmap of io_uring");
        }
    }
    ~SharedMemory() { ::munmap(start_, bytes_); }
    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;

    template <class T> T* at(std::uint32_t offset_bytes) const {
        return reinterpret_cast<T*>(static_cast<std::byte*>(start_) + offset_bytes);
    }

private:
    std::size_t bytes_;
    void* start_;
};

/// What became of a request: who had asked, and the events or minus the error's number.
struct Answer {
    std::uint64_t name;
    std::int32_t result;
};

/// The two rings.
///
/// Invariant: one side writes a ring's tail and the other its head; both only grow, and an entry
/// belongs to the writer of the head while it lies between them.
class Ring {
public:
    explicit Ring(unsigned entries) : Ring(setup(entries)) {}

    int fd() const noexcept { return fd_.get(); }

    /// Returns: how many requests the kernel has not been handed.
    unsigned pushed() const { return *requests_tail() - load(requests_head()); }

    /// Appends a request. Returns: false if the ring is full.
    bool push(const io_uring_sqe& request) {
        const unsigned tail = *requests_tail();
        if (tail - load(requests_head()) == params_.sq_entries) {
            return false;
        }
        const unsigned slot = tail & (params_.sq_entries - 1);
        requests_.at<io_uring_sqe>(0)[slot] = request;
        rings_.at<unsigned>(params_.sq_off.array)[slot] = slot;
        std::atomic_ref(*requests_tail()).store(tail + 1, std::memory_order_release);
        return true;
    }

    /// Hands over what was pushed, and waits until there are `wanted` answers or `timeout` is over.
    /// A refusal for the moment, or a signal, ends the wait: what is left goes with the next call.
    void enter(unsigned wanted, std::optional<duration> timeout) {
        __kernel_timespec limit{};
        io_uring_getevents_arg argument{};
        if (timeout) {
            const duration left = std::max(*timeout, duration::zero());
            limit.tv_sec = left / 1s;
            limit.tv_nsec = (left % 1s).count();
            argument.ts = reinterpret_cast<std::uintptr_t>(&limit);
        }
        const long result =
            ::syscall(SYS_io_uring_enter, fd(), pushed(), wanted,
                      IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &argument, sizeof argument);
        if (result < 0 && errno != EINTR && errno != ETIME && errno != EAGAIN && errno != EBUSY) {
            detail::refuse("io_uring_enter");
        }
    }

    /// Takes the oldest answer. Returns: nothing if there is none.
    std::optional<Answer> pop() {
        unsigned* head = rings_.at<unsigned>(params_.cq_off.head);
        if (*head == load(rings_.at<unsigned>(params_.cq_off.tail))) {
            return std::nullopt;
        }
        const auto* answers = rings_.at<io_uring_cqe>(params_.cq_off.cqes);
        const io_uring_cqe& oldest = answers[*head & (params_.cq_entries - 1)];
        const Answer answer{oldest.user_data, oldest.res};
        std::atomic_ref(*head).store(*head + 1, std::memory_order_release);
        return answer;
    }

private:
    struct Setup {
        UniqueFd fd;
        io_uring_params params;
    };

    static Setup setup(unsigned entries) {
        Setup made{};
        made.fd = UniqueFd(static_cast<int>(
            ::syscall(SYS_io_uring_setup, entries, &made.params))); // close-on-exec
        constexpr const char* advice = "io_uring_setup (AIO_SELECTOR=epoll or poll do without it)";
        if (made.fd.get() < 0) {
            detail::refuse(advice);
        }
        constexpr unsigned needed =
            IORING_FEAT_SINGLE_MMAP | IORING_FEAT_NODROP | IORING_FEAT_EXT_ARG;
        if ((made.params.features & needed) != needed) {
            detail::refuse(advice, ENOSYS); // a kernel before 5.11
        }
        return made;
    }

    explicit Ring(Setup made)
        : fd_(std::move(made.fd)), params_(made.params),
          rings_(fd(),
                 std::max(params_.sq_off.array + params_.sq_entries * sizeof(unsigned),
                          params_.cq_off.cqes + params_.cq_entries * sizeof(io_uring_cqe)),
                 IORING_OFF_SQ_RING),
          requests_(fd(), params_.sq_entries * sizeof(io_uring_sqe), IORING_OFF_SQES) {}

    static unsigned load(unsigned* shared) {
        return std::atomic_ref(*shared).load(std::memory_order_acquire);
    }
    unsigned* requests_head() const { return rings_.at<unsigned>(params_.sq_off.head); }
    unsigned* requests_tail() const { return rings_.at<unsigned>(params_.sq_off.tail); }

    UniqueFd fd_;
    io_uring_params params_;
    SharedMemory rings_;
    SharedMemory requests_;
};

/// Invariant: a watch is asked, which means that its request is with the kernel or in the ring, or
/// its descriptor is in `to_ask_`. An answer counts if it bears its watch's present number.
class UringSelector final : public Selector {
public:
    UringSelector() : bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        if (bell_.get() < 0) {
            detail::refuse("eventfd");
        }
        watch(bell_.get(), {.readable = true});
    }

    void watch(int fd, Interest interest) override {
        const bool wanted = interest.readable || interest.writable;
        if (wanted && ::fcntl(fd, F_GETFD) < 0) {
            detail::refuse("fcntl"); // the ring would only tell in an answer
        }
        if (const auto old = watches_.find(fd); old != watches_.end()) {
            const Watch withdrawn = old->second;
            watches_.erase(old);
            if (withdrawn.asked) {
                withdraw(name(fd, withdrawn));
            }
        }
        if (wanted) {
            const int events =
                (interest.readable ? POLLIN | POLLRDHUP : 0) | (interest.writable ? POLLOUT : 0);
            to_ask_.push_back(fd);
            watches_[fd] = {++last_number_, static_cast<std::uint16_t>(events), false};
        }
    }

    bool select(std::optional<duration> timeout, std::vector<Readiness>& news) override {
        ask();
        const bool told = tell(news); // mostly answers to what was withdrawn
        ring_.enter(told || timeout == duration::zero() ? 0 : 1, timeout);
        return tell(news) || told;
    }

    void wake() override {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written =
            ::write(bell_.get(), &one, sizeof one); // a full counter has rung
    }

    int descriptor() override {
        ask();
        if (ring_.pushed() != 0) {
            ring_.enter(0, duration::zero());
        }
        if (!early_.empty()) { // taken out of the ring, which would not show them any more
            wake();
        }
        return ring_.fd();
    }

private:
    struct Watch {
        std::uint32_t number = 0; ///< tells the answers to this watch from those to an earlier one
        std::uint16_t events = 0;
        bool asked = false;
    };

    static std::uint64_t name(int fd, const Watch& watch) {
        return std::uint64_t{watch.number} << 32 | static_cast<std::uint32_t>(fd);
    }

    void ask() {
        for (const int fd : to_ask_) {
            const auto found = watches_.find(fd);
            if (found != watches_.end() && !std::exchange(found->second.asked, true)) {
                io_uring_sqe request{};
                request.opcode = IORING_OP_POLL_ADD;
                request.fd = fd;
                request.poll_events = found->second.events;
                request.user_data = name(fd, found->second);
                push(request);
            }
        }
        to_ask_.clear();
    }

    // At once: until then the kernel keeps what the descriptor names open, and a peer would not
    // learn that it was closed.
    void withdraw(std::uint64_t asked) {
        io_uring_sqe request{};
        request.opcode = IORING_OP_POLL_REMOVE;
        request.addr = asked;
        push(request);
        ring_.enter(0, duration::zero());
    }

    void push(const io_uring_sqe& request) {
        while (!ring_.push(request)) { // the kernel takes no requests while answers pile up
            ring_.enter(0, duration::zero());
            while (const auto answer = ring_.pop()) {
                early_.push_back(*answer);
            }
        }
    }

    /// Returns: whether there were news or a wake().
    bool tell(std::vector<Readiness>& news) {
        bool told = false;
        for (const Answer& answer : std::exchange(early_, {})) {
            told = tell_one(answer, news) || told;
        }
        while (const auto answer = ring_.pop()) {
            told = tell_one(*answer, news) || told;
        }
        return told;
    }

    bool tell_one(const Answer& answer, std::vector<Readiness>& news) {
        const int fd = static_cast<int>(answer.name & 0xffffffffU);
        const auto found = watches_.find(fd);
        if (found == watches_.end() || name(fd, found->second) != answer.name) {
            return false; // to a request that was withdrawn, or to the withdrawal itself
        }
        found->second.asked = false;
        to_ask_.push_back(fd);
        if (answer.result == -ECANCELED) {
            return false; // the thread that had asked is gone, and its requests with it
        }
        if (fd == bell_.get()) {
            std::uint64_t rings = 0;
            [[maybe_unused]] const auto drained = ::read(fd, &rings, sizeof rings);
            return true;
        }
        const bool broken =
            answer.result < 0 || (answer.result & (POLLERR | POLLHUP | POLLNVAL)) != 0;
        news.push_back({fd,
                        {.readable = broken || (answer.result & (POLLIN | POLLRDHUP)) != 0,
                         .writable = broken || (answer.result & POLLOUT) != 0}});
        return true;
    }

    Ring ring_{256};
    UniqueFd bell_;
    std::unordered_map<int, Watch> watches_;
    std::vector<int> to_ask_;   ///< may name a descriptor twice, or one that is watched no more
    std::vector<Answer> early_; ///< answers that had to make room
    std::uint32_t last_number_ = 0;
};

} // namespace

std::unique_ptr<Selector> make_uring_selector() { return std::make_unique<UringSelector>(); }

} // namespace aio
