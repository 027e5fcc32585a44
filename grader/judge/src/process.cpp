// process.cpp: watches an untrusted program until it ends or meets a limit, then cleans up.
#include <judge/process.hpp>

#include "box.hpp"
#include "family.hpp"
#include "os.hpp"
#include "spawn.hpp"
#include "temp_dir.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string_view>

namespace lab::judge {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds tick{10};       // how often to see whether the program is still there
constexpr milliseconds inspection{50}; // how often to ask /proc, which costs a millisecond or more

/// One run, from its start to the moment when nothing of it is left.
class Watch {
public:
    Watch(const ProgramSpec& spec, Child& child, const Refusals& before)
        : spec_(spec), child_(child), refused_before_(before) {}

    Outcome run();

private:
    void wait_a_tick();
    void send_signals();
    bool read_all(UniqueFd& fd, std::string& into, std::size_t limit);
    void read_pipes();
    void count_lines();
    void inspect();
    bool has_ended() const;
    void collect_status();
    void believe_box();
    pid_t program() const;

    const ProgramSpec& spec_;
    Child& child_;
    Refusals refused_before_;
    Outcome outcome_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_look_ = start_;
    nanoseconds waited_{0}; ///< wall time that counts, queueing not yet taken off
    nanoseconds ran_{0}, queued_{0};
    std::size_t counted_ = 0; ///< bytes of the channel whose lines have been counted
    std::size_t lines_ = 0, said_bytes_ = 0;
    std::optional<Clock::time_point> said_; ///< when the next signal's line was seen
    std::size_t signals_sent_ = 0;
};

void Watch::wait_a_tick() {
    std::array<pollfd, 4> fds{};
    const std::array<int, 4> watched = {child_.out.get(), child_.err.get(), child_.channel.get(),
                                        spec_.stop_fd};
    for (std::size_t i = 0; i < fds.size(); ++i) {
        fds[i] = {watched[i], POLLIN, 0}; // a negative descriptor is skipped
    }
    // With all pipes closed the end is near, and only asking tells when.
    const bool closed = !child_.out.open() && !child_.err.open() && !child_.channel.open();
    const bool fresh = Clock::now() - start_ < std::chrono::seconds(1);
    const bool punctual = signals_sent_ < spec_.signals.size();
    const int patience = (closed && fresh) || punctual ? 1 : static_cast<int>(tick.count());
    if (poll(fds.data(), fds.size(), patience) > 0 && fds[3].revents != 0) {
        outcome_.stopped = true;
    }
}

/// Sends the signals that are due. A program that has ended gets none: nobody has reaped it, so its
/// number is not another's yet.
void Watch::send_signals() {
    while (signals_sent_ < spec_.signals.size()) {
        const TimedSignal& next = spec_.signals[signals_sent_];
        if (!said_ &&
            outcome_.channel.find("\"text\":\"" + next.after + '"') != outcome_.channel.npos) {
            said_ = Clock::now();
        }
        if (!said_ || Clock::now() < *said_ + next.delay) {
            return;
        }
        kill(program(), next.signo);
        said_.reset();
        ++signals_sent_;
    }
}

/// Reads what is there. Returns: whether `into` has stayed within `limit`.
bool Watch::read_all(UniqueFd& fd, std::string& into, std::size_t limit) {
    std::array<char, 65536> buffer;
    while (fd.open()) {
        const ssize_t got = read(fd.get(), buffer.data(), buffer.size());
        if (got == 0) {
            fd.reset();
        } else if (got < 0) {
            return true; // nothing more at this moment
        } else {
            into.append(buffer.data(), static_cast<std::size_t>(got));
            if (into.size() > limit) {
                into.resize(limit);
                return false;
            }
        }
    }
    return true;
}

void Watch::read_pipes() {
    const Limits& limits = spec_.limits;
    const bool printed_within =
        read_all(child_.out, outcome_.out, limits.output_bytes - outcome_.err.size()) &&
        read_all(child_.err, outcome_.err, limits.output_bytes - outcome_.out.size());
    const bool told_within = read_all(child_.channel, outcome_.channel, limits.channel_bytes);
    count_lines();
    if (!printed_within || !told_within || lines_ > limits.channel_lines ||
        said_bytes_ > limits.transcript_bytes) {
        outcome_.limits.output = true;
    }
}

/// Counts what has come since the last time; half a line at the end waits for its other half.
void Watch::count_lines() {
    const std::string_view channel = outcome_.channel;
    for (std::size_t end = 0; (end = channel.find('\n', counted_)) != channel.npos;
         counted_ = end + 1) {
        const std::string_view line = channel.substr(counted_, end - counted_);
        ++lines_;
        if (line.find("\"ev\":\"say\"") != line.npos) {
            said_bytes_ += line.size();
        }
    }
}

/// Returns: the program's process: in a sandbox the child of the sandbox's own first process.
pid_t Watch::program() const {
    const auto family = spec_.box.used() ? os::descendants(child_.pid) : std::vector<pid_t>{};
    return family.size() > 1 ? family[1] : child_.pid;
}

void Watch::inspect() {
    const auto now = Clock::now();
    // A gap much longer than an inspection means that this process stood still, or the whole
    // machine: no reason to hold it against the program.
    waited_ += std::min<nanoseconds>(now - last_look_, 4 * inspection);
    last_look_ = now;

    os::Fare sum = os::fare(child_.pid);
    queued_ = std::max(queued_, sum.queued);
    for (const pid_t pid : os::descendants(child_.pid)) {
        const os::Fare one = os::fare(pid);
        if (spec_.box.used()) { // the program is not our own child, and nobody else in there queues
            queued_ = std::max(queued_, one.queued);
        }
        sum.ran += one.ran;
        sum.threads += one.threads;
        sum.resident_bytes += one.resident_bytes;
    }
    ran_ = std::max(ran_, sum.ran);
    outcome_.limits.memory = sum.resident_bytes > spec_.limits.resident_bytes;
    outcome_.limits.processes = sum.threads > spec_.limits.processes + box_processes(spec_.box);
    outcome_.limits.time = ran_ >= spec_.limits.cpu || waited_ - queued_ >= spec_.limits.wall ||
                           now - start_ >= 12 * spec_.limits.wall;
}

/// Leaves the process unreaped, so that its number stays taken until its group has been killed.
bool Watch::has_ended() const {
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(child_.pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == child_.pid;
}

void Watch::collect_status() {
    int status = 0;
    rusage usage{};
    while (wait4(child_.pid, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    const auto seconds = [](const timeval& time) {
        return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    ran_ = std::max<nanoseconds>(ran_, seconds(usage.ru_utime) + seconds(usage.ru_stime));
    outcome_.by_signal = WIFSIGNALED(status);
    outcome_.status = outcome_.by_signal ? WTERMSIG(status) : WEXITSTATUS(status);
    believe_box();
    outcome_.idle = outcome_.limits.time && ran_ * 10 < waited_;
    const bool killed_for_time = outcome_.status == SIGKILL && ran_ >= spec_.limits.cpu;
    if (outcome_.by_signal && (outcome_.status == SIGXCPU || killed_for_time)) {
        outcome_.limits.time = true;
    }
    if (outcome_.by_signal && outcome_.status == SIGXFSZ) {
        outcome_.limits.output = true;
    }
}

/// In a sandbox: the status that its first process reports, and the limits that the kernel tells
/// of.
void Watch::believe_box() {
    if (!spec_.box.used()) {
        return;
    }
    const Refusals refused = refusals(spec_.box.cgroups);
    outcome_.limits.memory |= refused.memory > refused_before_.memory;
    outcome_.limits.processes |= refused.processes > refused_before_.processes;

    std::string text;
    read_all(child_.status, text, 4096);
    const BoxReport report = read_box_report(text);
    if (report.ended) {
        outcome_.by_signal = WIFSIGNALED(report.status);
        outcome_.status = outcome_.by_signal ? WTERMSIG(report.status) : WEXITSTATUS(report.status);
    } else if (!report.direct && !outcome_.limits.any() && !outcome_.stopped) {
        outcome_.fault = "the sandbox " + report.problem;
        outcome_.transient = true;
    }
}

Outcome Watch::run() {
    auto next_inspection = start_ + inspection;
    while (!has_ended() && !outcome_.limits.any() && !outcome_.stopped) {
        wait_a_tick();
        read_pipes();
        send_signals();
        if (Clock::now() >= next_inspection && !has_ended()) {
            inspect();
            next_inspection = Clock::now() + inspection;
        }
    }
    kill(-child_.pid, SIGKILL); // its own process group; the rest of the family is found by descent
    kill(child_.pid, SIGKILL);
    collect_status();
    if (!end_family()) {
        outcome_.fault = "a process of the program cannot be ended";
    }
    if (!outcome_.limits.output) {
        read_pipes(); // what still stands in the pipes, all writers being dead
    }
    if (outcome_.limits.any()) {
        // Such a record cannot be accepted any more; its beginning is enough to look at.
        outcome_.channel.resize(std::min<std::size_t>(outcome_.channel.size(), 64 << 10));
        outcome_.channel.resize(outcome_.channel.rfind('\n') + 1);
    }
    outcome_.out_bytes = outcome_.out.size();
    outcome_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    return std::move(outcome_);
}

} // namespace

Outcome run_program(const ProgramSpec& spec) try {
    os::adopt_orphans();
    const TempDir directory;
    const Refusals before = refusals(spec.box.cgroups);
    Child child = spawn(spec, directory.path());
    if (!child.fault.empty()) {
        Outcome outcome;
        outcome.fault = child.fault;
        outcome.transient = child.transient;
        end_family();
        return outcome;
    }
    return Watch(spec, child, before).run();
} catch (const std::filesystem::filesystem_error& error) {
    Outcome outcome;
    outcome.fault = error.what();
    return outcome;
}

} // namespace lab::judge
