// spawn.cpp: fork, limits, exec. Between fork and exec only calls that are safe there.
#include "spawn.hpp"

#include "os.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <vector>

namespace lab::judge {

namespace {

constexpr int channel_in = 3;  // where the program reads its greeting
constexpr int channel_out = 4; // where it tells what happens
constexpr int report_fd = 5;   // where the child says why exec failed; closed by exec
constexpr int status_fd = 6;   // where a sandbox says how the program ended

Pipe make_pipe() {
    std::array<int, 2> fds{};
    if (pipe(fds.data()) != 0) {
        throw std::system_error(errno, std::generic_category(), "pipe");
    }
    Pipe made{UniqueFd(fds[0]), UniqueFd(fds[1])};
    for (const int fd : fds) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    return made;
}

/// Everything that the child needs, made ready before the fork.
struct Plan {
    std::vector<std::string> words; // of the command, its program first
    std::string directory;
    std::vector<std::string> variables;
    std::vector<char*> environment, arguments;
    std::vector<int> descriptors; // what becomes 0, 1, 2, channel_in, channel_out, report_fd, ...
    Limits limits;
    rlim_t most_threads;
    pid_t parent;
};

std::vector<std::string> variables_for(const std::string& directory) {
    return {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + directory,
            "TMPDIR=" + directory,
            "LAB_FDS=" + std::to_string(channel_in) + "," + std::to_string(channel_out),
            // Leaks at the end of a run are no crash; a report must change the exit status. A local
            // variable that is used after its function came back is reported as what it is, and
            // not as what the stack happens to hold by then. Nobody reads the names of the calls in
            // a report, and to look them up takes a second or more of the run's time.
            "ASAN_OPTIONS=detect_leaks=0:exitcode=99:detect_stack_use_after_return=1:symbolize=0",
            "UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=0:exitcode=99",
            "TSAN_OPTIONS=exitcode=99"};
}

void set_limit(int resource, rlim_t soft, rlim_t hard) {
    rlimit limit{};
    if (getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) == 0) {
        limit.rlim_max = std::min(limit.rlim_max, hard);
        limit.rlim_cur = std::min(limit.rlim_max, soft);
        setrlimit(static_cast<__rlimit_resource_t>(resource), &limit);
    }
}

void set_limits(const Plan& plan) {
    const Limits& limits = plan.limits;
    const auto cpu = static_cast<rlim_t>(limits.cpu.count());
    set_limit(RLIMIT_CPU, cpu, cpu + 1); // SIGXCPU, and a second later SIGKILL for who ignores it
    set_limit(RLIMIT_CORE, 0, 0);
    set_limit(RLIMIT_FSIZE, 16 << 20, 16 << 20);
    set_limit(RLIMIT_NOFILE, 1024, 1024);
    // Counts all of a user's threads, so it is set above what the whole machine runs: a fork bomb
    // ends there. (For root the kernel ignores it.) The fine count is taken while the program runs.
    set_limit(RLIMIT_NPROC, plan.most_threads, plan.most_threads);
    if (limits.memory_bytes > 0) {
        // RLIMIT_DATA counts what can be written, so a thread's reserved but unused arena (64 MiB
        // of addresses each) costs nothing; RLIMIT_AS stops what is mapped in other ways.
        set_limit(RLIMIT_DATA, limits.memory_bytes, limits.memory_bytes);
        set_limit(RLIMIT_AS, 4 * limits.memory_bytes, 4 * limits.memory_bytes);
    }
}

void reset_signals() {
    for (int signal = 1; signal < NSIG; ++signal) {
        ::signal(signal, SIG_DFL); // an ignored signal would stay ignored after exec
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void run_child(const Plan& plan) {
    os::die_with_parent(plan.parent);
    setsid();
    reset_signals();
    umask(022);
    bool ready = chdir(plan.directory.c_str()) == 0;
    // Two steps, so that no target is overwritten before it has been moved itself.
    const std::size_t count = plan.descriptors.size();
    std::array<int, status_fd + 1> high{};
    for (std::size_t i = 0; i < count; ++i) {
        high[i] = fcntl(plan.descriptors[i], F_DUPFD, 16);
        ready = ready && high[i] >= 0;
    }
    for (std::size_t i = 0; ready && i < count; ++i) {
        ready = dup2(high[i], static_cast<int>(i)) >= 0;
    }
    fcntl(report_fd, F_SETFD, FD_CLOEXEC);
    os::close_from(static_cast<int>(count));
    if (ready) {
        set_limits(plan);
        execve(plan.arguments[0], plan.arguments.data(), plan.environment.data());
    }
    const int why = errno;
    (void)!write(report_fd, &why, sizeof why);
    _exit(127);
}

/// Returns: the command: the program alone, or the sandbox's words with the program in its place.
std::vector<std::string> words_of(const ProgramSpec& spec) {
    const std::string program = std::filesystem::absolute(spec.program).string();
    if (!spec.box.used()) {
        return {program};
    }
    std::vector<std::string> words = spec.box.words;
    std::replace(words.begin(), words.end(), std::string("{program}"), program);
    std::replace(words.begin(), words.end(), std::string("{status}"), std::to_string(status_fd));
    return words;
}

Plan make_plan(const ProgramSpec& spec, const std::filesystem::path& directory) {
    Plan plan{words_of(spec),
              directory.string(),
              {},
              {},
              {},
              {},
              spec.limits,
              os::threads_of_machine() + spec.limits.processes,
              getpid()};
    plan.variables = variables_for(plan.directory);
    for (auto& variable : plan.variables) {
        plan.environment.push_back(variable.data());
    }
    plan.environment.push_back(nullptr);
    for (auto& word : plan.words) {
        plan.arguments.push_back(word.data());
    }
    plan.arguments.push_back(nullptr);
    return plan;
}

bool may_pass(int error) {
    return error == EAGAIN || error == ENOMEM || error == EMFILE || error == ENFILE ||
           error == ETXTBSY || error == EINTR;
}

Child failed(int error, const std::string& what) {
    Child child;
    child.fault = what + ": " + std::strerror(error);
    child.transient = may_pass(error);
    return child;
}

/// Waits until exec has happened or failed. Returns: 0, or why it failed.
int exec_error(int fd) {
    int why = 0;
    ssize_t got = 0;
    do {
        got = read(fd, &why, sizeof why);
    } while (got < 0 && errno == EINTR);
    return got == sizeof why ? why : 0;
}

} // namespace

Child spawn(const ProgramSpec& spec, const std::filesystem::path& directory) try {
    Pipe in = make_pipe();
    Pipe channel = make_pipe();
    Pipe out = make_pipe();
    Pipe err = make_pipe();
    Pipe report = make_pipe();
    Pipe status = make_pipe();
    const UniqueFd nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
    Plan plan = make_plan(spec, directory);
    plan.descriptors = {nothing.get(), out.write.get(),     err.write.get(),
                        in.read.get(), channel.write.get(), report.write.get()};
    if (spec.box.used()) {
        plan.descriptors.push_back(status.write.get());
    }

    // One line fits into the pipe. Later, with the program dead already, it would be a SIGPIPE.
    (void)!write(in.write.get(), spec.greeting.data(), spec.greeting.size());

    Child child;
    child.pid = fork();
    if (child.pid < 0) {
        return failed(errno, "cannot start a process");
    }
    if (child.pid == 0) {
        run_child(plan);
    }
    report.write.reset();
    if (const int why = exec_error(report.read.get())) {
        const pid_t gone = child.pid;
        child = failed(why, "cannot run " + plan.words.front());
        child.pid = gone; // still to be reaped
        return child;
    }
    for (UniqueFd* const fd : {&out.read, &err.read, &channel.read, &status.read}) {
        fcntl(fd->get(), F_SETFL, O_NONBLOCK);
    }
    child.out = std::move(out.read);
    child.err = std::move(err.read);
    child.channel = std::move(channel.read);
    if (spec.box.used()) {
        child.status = std::move(status.read);
    }
    return child;
} catch (const std::system_error& error) {
    return failed(error.code().value(), "cannot start a process");
}

} // namespace lab::judge
