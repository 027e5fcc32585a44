// 05-shutdown/03 fix-shutdown-recipe: a famous recipe for closing time, and its faults.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-3
//
// This program follows a recipe for a graceful shutdown that many pages hand on: when
// the signal comes, make a task that cancels all tasks but itself, waits for them, and
// stops the loop. It has three faults, and not one "closed" comes out of it as it
// should. Repair `app`, and whatever it calls, so that on the signal
//
//   it says "Shutting down..." once and cancels the services
//   each service says "NAME closing", cleans up, and says "NAME closed"
//   when the last one has closed, `app` says "bye" and returns how many have closed
//   run() ends without an error, and nothing of yours is left: no task, timer or thread
//
// The signal comes a second time, 50 ms after the first; that must change nothing.
// Nothing may poll: who waits, waits for something.
//
// service(name, every, cleanup) is given. It works until it is cancelled, then it needs
// `cleanup` to close, and ends as a cancelled task. period_of(name) and
// cleanup_of(name) tell its two numbers. The checker says what `app` returned.
//
// With srv (every 300 ms, clean-up 200 ms) and job (every 500 ms, clean-up 100 ms), and
// SIGTERM at 700 ms and 750 ms, the transcript must be
//   [    0] srv 0
//   [    0] job 0
//   [  300] srv 1
//   [  500] job 1
//   [  600] srv 2
//   [  700] Shutting down...
//   [  700] srv closing
//   [  700] job closing
//   [  800] job closed
//   [  900] srv closed
//   [  900] bye
//   [  900] returned 2
//
// `./lab check 05-3 --real-time` sends your program real signals.
//
// Rules you need: R4 (what an end does), R10 (a cancel is a request), R11 (run).
#include <aio/lab.hpp>
using namespace aio;

Coro<> service(std::string name, ms every, ms cleanup); // given
ms period_of(const std::string& name);                  // given
ms cleanup_of(const std::string& name);                 // given

/// The recipe: cancels all tasks but this one, waits for them, stops the loop.
Coro<> shutdown(EventLoop& loop) {
    say("Shutting down...");
    std::vector<AnyTask> others;
    for (const AnyTask& task : all_tasks()) {
        // TODO(1): whose tasks are in this list? Who waits for each of them?
        if (!(task == current_task())) {
            others.push_back(task);
        }
    }
    for (const AnyTask& task : others) {
        task.cancel();
    }
    for (const AnyTask& task : others) {
        try {
            co_await task;
        } catch (...) { // however it ended
        }
    }
    // TODO(2): what is run() waiting for, and what can it do when this has been called?
    loop.stop();
}

/// Runs the services until signal `signo` comes.
/// Returns: how many of them have closed.
Coro<int> app(std::vector<std::string> names, int signo) {
    EventLoop& loop = get_running_loop();
    loop.add_signal_handler(signo, [&loop] {
        // TODO(3): who waits for this task, and how many of them will there be?
        create_task(shutdown(loop));
    });
    std::vector<Task<>> services;
    for (const std::string& name : names) {
        services.push_back(
            create_task(service(name, period_of(name), cleanup_of(name))));
    }
    co_await gather(services);
    say("bye");
    co_return static_cast<int>(services.size());
}
