// checker.hpp: runs a checker on one of the fake programs and reads its verdict.
#pragma once

#include <nlohmann/json.hpp>

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace judge_tests {

/// A directory of its own for a test: holds the fakes' links, and is TMPDIR for what it runs.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    /// Returns: the fake program under the name of the behaviour that it shall show.
    std::filesystem::path fake(const std::string& behaviour) const;

    /// Returns: the temporary directory that judges get; empty when they have cleaned up.
    std::filesystem::path tmp() const { return path_ / "tmp"; }

private:
    std::filesystem::path path_;
};

/// A checker that runs.
struct Running {
    pid_t pid;
    int out, err;
};

/// What a checker had to say.
struct Judged {
    int status;          ///< exit status, or minus the signal's number
    nlohmann::json json; ///< discarded if stdout was no JSON
    std::string err;
    double seconds;

    std::string verdict() const { return json.value("verdict", "no verdict"); }
    std::string hint() const { return json["hint"].is_null() ? "" : json["hint"].value("id", "?"); }
    const nlohmann::json& first_case() const { return json["cases"].at(0); }
    std::string message() const { return first_case().value("message", ""); }
};

Running start(const Scratch& scratch, const std::string& checker,
              const std::vector<std::string>& arguments, const std::string& odd = {});
Judged finish(const Running& running);

/// Runs the sample checker on a fake.
Judged judged_by_sample(const Scratch& scratch, const std::string& behaviour,
                        std::vector<std::string> arguments = {});

/// Runs the checker with the fault `odd` on a fake.
Judged judge_oddly(const Scratch& scratch, const std::string& odd, const std::string& behaviour,
                   std::vector<std::string> arguments = {});

/// Returns: how many processes of this test's fake with this behaviour are alive.
int alive(const Scratch& scratch, const std::string& behaviour);

/// Returns: whether nothing is left in the judges' temporary directory.
bool is_clean(const Scratch& scratch);

} // namespace judge_tests
