// main.cpp: lab-box starts a command that nobody trusts.
//
//     lab-box enter [OPTION…] -- COMMAND…    outside: another user, a cgroup, limits; then COMMAND
//     lab-box init  [OPTION…] -- COMMAND…    inside, as process 1: runs COMMAND and reports its end
//
// A class run puts bubblewrap between the two:
//     lab-box enter --uid 61000 … -- bwrap … -- /lab-box/init init --status 6 … -- /lab-box/program
#include "enter.hpp"
#include "init.hpp"
#include "options.hpp"

int main(int argc, char** argv) {
    const lab::box::Options options = lab::box::parse_options(argc, argv);
    if (options.mode == "init") {
        lab::box::init(options);
    }
    lab::box::enter(options);
}
