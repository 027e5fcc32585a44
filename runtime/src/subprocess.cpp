// subprocess.cpp: starting a child, its pipes, and the note of its end.
#include "aio/subprocess.hpp"

#include "aio/gather.hpp"
#include "aio/sleep.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

extern char** environ; // POSIX: the program itself declares it

namespace aio {
namespace detail {

/// Invariant: while the child has not ended, the loop's watch shares in the ownership.
class Child : public std::enable_shared_from_this<Child> {
public:
    explicit Child(pid_t number) : pid(number) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { note_end(); } // the loop may be gone before the child
    void watch(EventLoop& loop);
    /// Returns: whether it has ended. Effects: then it is no zombie any more.
    bool note_end();

    const pid_t pid;
    std::optional<int> returncode;
    Bell ended;

private:
    UniqueFd descriptor_; ///< can be read when the child has ended
};

namespace {

constexpr duration look_again = 10ms;
constexpr int code_unknown = 255; // asyncio's

UniqueFd open_child(pid_t pid) {
#ifdef SYS_pidfd_open
    return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
#else
    return UniqueFd();
#endif
}

Coro<> look_until_ended(std::shared_ptr<Child> child) {
    while (!child->note_end()) {
        co_await sleep(look_again);
    }
}

} // namespace

void Child::watch(EventLoop& loop) {
    descriptor_ = open_child(pid);
    if (descriptor_.get() < 0) { // an old kernel, or not Linux: nobody tells
        loop.create_task(look_until_ended(shared_from_this()), "look after a child");
        return;
    }
    loop.add_reader(descriptor_.get(), [self = shared_from_this(), &loop] {
        if (self->note_end()) {
            loop.remove_reader(self->descriptor_.get());
        }
    });
}

bool Child::note_end() {
    if (returncode) {
        return true;
    }
    int status = 0;
    const auto found = uninterrupted([&] { return ::waitpid(pid, &status, WNOHANG); });
    if (found == pid) {
        returncode = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    } else if (found < 0) { // ECHILD: it has ended, and somebody else has asked how
        returncode = code_unknown;
    }
    if (returncode) {
        ended.ring();
    }
    return returncode.has_value();
}

namespace {

/// What posix_spawn() is told about descriptors, signals and the folder.
class Plan {
public:
    Plan() {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
        sigset_t none; // a child does not inherit what this thread holds back
        sigemptyset(&none);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        sigset_t pipe_only; // nor that we ignore SIGPIPE
        sigemptyset(&pipe_only);
        sigaddset(&pipe_only, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&attributes, &pipe_only);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;
    ~Plan() {
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
    }

    /// Returns: our end of what the child sees as descriptor `number`; none if that is no pipe.
    UniqueFd connect(Stdio kind, int number) {
        if (kind == Stdio::null) {
            const int mode = number == 0 ? O_RDONLY : O_WRONLY;
            ::posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0);
        } else if (kind == Stdio::to_output) {
            ::posix_spawn_file_actions_adddup2(&actions, 1, number);
        } else if (kind == Stdio::pipe) {
            // A pair of sockets: a pipe's writing end cannot tell the loop that the reader is gone.
            std::array<int, 2> ends{};
            if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) {
                refuse("socketpair");
            }
            UniqueFd ours(ends[0]);
            const UniqueFd& theirs = of_child_.emplace_back(ends[1]);
            ::fcntl(theirs.get(), F_SETFD, FD_CLOEXEC);
            ::shutdown(ours.get(), number == 0 ? SHUT_RD : SHUT_WR);
            ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), number);
            return prepared(std::move(ours));
        }
        return UniqueFd();
    }

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};

private:
    std::vector<UniqueFd> of_child_; ///< closed when the child has them
};

/// Texts as the kernel wants them. Requires: `texts` outlives the result.
std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) {
        result.push_back(text.data());
    }
    result.push_back(nullptr);
    return result;
}

pid_t spawn(Plan& plan, std::vector<std::string> argv, const ProcessOptions& options) {
    if (options.folder) {
        ::posix_spawn_file_actions_addchdir_np(&plan.actions, options.folder->c_str());
    }
    std::vector<std::string> variables;
    if (options.environment) {
        for (const auto& [name, value] : *options.environment) {
            variables.push_back(name + "=" + value);
        }
    }
    const std::vector<char*> given = pointers(variables);
    pid_t pid = 0;
    errno = ::posix_spawnp(&pid, argv.front().c_str(), &plan.actions, &plan.attributes,
                           pointers(argv).data(), options.environment ? given.data() : environ);
    if (errno != 0) {
        refuse("cannot start " + argv.front());
    }
    return pid;
}

/// Returns: our end of a pipe, as the reader or writer of a stream; nothing if that is no pipe.
template <class End>
std::optional<End> open_end(End Connection::* end, UniqueFd fd, const char* peer,
                            std::size_t limit_bytes) {
    if (fd.get() < 0) {
        return std::nullopt;
    }
    const Ref stream(
        new Stream(open_channel(get_running_loop(), std::move(fd), peer), limit_bytes));
    stream->begin();
    return stream->connection().*end;
}

void refuse_zero_byte(const std::string& text) {
    if (text.find('\0') != text.npos) { // the kernel would take what stands before it
        throw ValueError("a text for a program has a zero byte in it");
    }
}

void check(const std::vector<std::string>& argv, const ProcessOptions& options) {
    if (argv.empty()) {
        throw ValueError("a program needs a name: argv is empty");
    }
    if (options.input == Stdio::to_output || options.output == Stdio::to_output) {
        throw ValueError("only a child's errors can go where its output goes");
    }
    if (options.limit_bytes == 0) {
        throw ValueError("a stream's limit is at least one byte");
    }
    std::for_each(argv.begin(), argv.end(), refuse_zero_byte);
    refuse_zero_byte(options.folder.value_or(""));
    if (options.environment) {
        for (const auto& [name, value] : *options.environment) {
            refuse_zero_byte(name + value);
            if (name.empty() || name.find('=') != name.npos) {
                throw ValueError("no name for a variable: '" + name + "'");
            }
        }
    }
}

Coro<Process> start(std::vector<std::string> argv, ProcessOptions options) {
    check(argv, options);
    std::array<UniqueFd, 3> ours;
    std::optional<Process> process;
    {
        Plan plan;
        ours[0] = plan.connect(options.input, 0);
        ours[1] = plan.connect(options.output, 1);
        ours[2] = plan.connect(options.errors, 2);
        const auto child = std::make_shared<Child>(spawn(plan, std::move(argv), options));
        child->watch(get_running_loop());
        process.emplace(child);
    }
    const std::size_t limit = options.limit_bytes;
    process->input = open_end(&Connection::writer, std::move(ours[0]), "input of a child", limit);
    process->output = open_end(&Connection::reader, std::move(ours[1]), "output of a child", limit);
    process->errors = open_end(&Connection::reader, std::move(ours[2]), "errors of a child", limit);
    co_return *std::move(process);
}

Coro<int> until_ended(std::shared_ptr<Child> child) {
    while (!child->returncode) {
        co_await child->ended.wait("the end of a child");
    }
    co_return *child->returncode;
}

Coro<> feed(std::optional<StreamWriter> input, std::string text) {
    if (!input) {
        co_return;
    }
    try {
        input->write(text);
        co_await input->drain();
    } catch (const std::system_error&) { // it has closed its input, or ended: its own business
    }
    input->close();
}

Coro<std::string> read_from(std::optional<StreamReader> reader) {
    if (!reader) {
        co_return "";
    }
    co_return co_await reader->read();
}

Coro<Process::Written> talk(Process process, std::string text) {
    if (!text.empty() && !process.input) {
        throw Error("the child's input is no pipe: nothing can be sent there");
    }
    const auto all = gather(feed(process.input, std::move(text)), read_from(process.output),
                            read_from(process.errors));
    const auto [fed, output, errors] = co_await all;
    co_await process.wait();
    co_return Process::Written{output, errors};
}

} // namespace
} // namespace detail

Process::Process(std::shared_ptr<detail::Child> child) : child_(std::move(child)) {}
int Process::pid() const { return child_->pid; }
std::optional<int> Process::returncode() const { return child_->returncode; }
Coro<int> Process::wait() const { return detail::until_ended(child_); }
Coro<Process::Written> Process::communicate(std::string text) const {
    return detail::talk(*this, std::move(text));
}

void Process::send_signal(int signo) const {
    if (child_->note_end()) {
        throw ProcessLookupError("the child has ended");
    }
    if (::kill(child_->pid, signo) != 0) {
        detail::refuse("kill");
    }
}

void Process::terminate() const { send_signal(SIGTERM); }
void Process::kill() const { send_signal(SIGKILL); }

Coro<Process> create_subprocess_exec(std::vector<std::string> argv, ProcessOptions options) {
    return detail::start(std::move(argv), std::move(options));
}

} // namespace aio
