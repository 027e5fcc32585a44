// checker.cpp: starts checkers as the grader does, and looks for what they leave behind.
#include "checker.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace judge_tests {

namespace fs = std::filesystem;

Scratch::Scratch() {
    std::string name = (fs::temp_directory_path() / "judge-tests-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary directory");
    }
    path_ = name;
    fs::create_directory(tmp());
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path Scratch::fake(const std::string& behaviour) const {
    const fs::path link = path_ / behaviour;
    if (!fs::exists(link)) {
        fs::create_symlink(JUDGE_FAKE, link);
    }
    return link;
}

Running start(const Scratch& scratch, const std::string& checker,
              const std::vector<std::string>& arguments, const std::string& odd) {
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (pipe(out.data()) != 0 || pipe(err.data()) != 0) {
        throw std::runtime_error("no pipe");
    }
    std::vector<std::string> words{checker};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    const pid_t pid = fork();
    if (pid == 0) {
        setenv("TMPDIR", scratch.tmp().c_str(), 1);
        setenv("ODD", odd.c_str(), 1);
        dup2(out[1], 1);
        dup2(err[1], 2);
        for (const int fd : {out[0], out[1], err[0], err[1]}) {
            close(fd);
        }
        execv(checker.c_str(), argv.data());
        _exit(126);
    }
    close(out[1]);
    close(err[1]);
    return {pid, out[0], err[0]};
}

namespace {

std::string read_to_end(int fd) {
    std::string text;
    std::array<char, 4096> buffer;
    for (ssize_t got = 0; (got = read(fd, buffer.data(), buffer.size())) > 0;) {
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(fd);
    return text;
}

} // namespace

Judged finish(const Running& running) {
    const auto start = std::chrono::steady_clock::now();
    Judged judged;
    judged.json = nlohmann::json::parse(read_to_end(running.out), nullptr, false);
    judged.err = read_to_end(running.err);
    int status = 0;
    waitpid(running.pid, &status, 0);
    judged.status = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    judged.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return judged;
}

namespace {

Judged run_checker(const Scratch& scratch, const std::string& checker, const std::string& odd,
                   const std::string& behaviour, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--program", scratch.fake(behaviour).string()});
    return finish(start(scratch, checker, arguments, odd));
}

} // namespace

Judged judged_by_sample(const Scratch& scratch, const std::string& behaviour,
                        std::vector<std::string> arguments) {
    return run_checker(scratch, JUDGE_SAMPLE_CHECK, {}, behaviour, std::move(arguments));
}

Judged judge_oddly(const Scratch& scratch, const std::string& odd, const std::string& behaviour,
                   std::vector<std::string> arguments) {
    return run_checker(scratch, JUDGE_ODD_CHECK, odd, behaviour, std::move(arguments));
}

int alive(const Scratch& scratch, const std::string& behaviour) {
    // A fork keeps the command line, whatever else it changes; a zombie has none any more.
    const std::string program = scratch.fake(behaviour).string();
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "cmdline");
        std::string first;
        if (std::getline(file, first, '\0') && first == program) {
            ++count;
        }
    }
    return count;
}

bool is_clean(const Scratch& scratch) { return fs::is_empty(scratch.tmp()); }

} // namespace judge_tests
