// 05-shutdown/06 build-service: a service that opens in order, and closes in order.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-6
//
// AsyncService answers requests. For that it needs a pool, two background tasks, "clock"
// and "cleaner", and a listener. The given functions are these pieces. They need no
// network: each of them plays its part in virtual time, and says what happens, with
// state() in front.
//   start()   opens in this order: the pool, both background tasks, the listener. From
//             then on the listener calls `accept` for each request that comes, and the
//             service makes a task of answer(request, pool). If a step throws, start
//             closes what is open, in the order of stop, and then throws that error.
//   stop()    closes in reverse. 1 The listener. 2 The requests that were accepted have
//             until `grace` after the call of stop; then those that are left are
//             cancelled, once, and awaited. 3 Both background tasks are cancelled
//             together and awaited. 4 The pool.
//   serve_until(signo)  starts, waits for that signal, stops. The signal may come during
//             the start; it is not lost then, but the start comes to its end first. A
//             second signal changes nothing. No handler is left when serve_until ends.
// Everybody may call start and stop, in any state. A service starts once: every start()
// has the outcome of that start. Every stop() returns when the service is stopped; one
// that comes during the start lets the start come to its end first. After a stop in
// state "new" nothing opens any more. stop() throws nothing. No call is cancelled.
//   state()   "new", "starting" until all is open or a step throws, "running", "stopping"
//             while something is being closed, "stopped".
// At the end nothing is left: no task, no worker, no signal handler.
//
// The checker plays four acts, each with a new service (grace 400): an evening with a
// signal, a start that fails, calls from all sides, and a stop before any start. The
// transcript must be
//
// Rules you need: R9 (workers), R10 (cancel), R11 (run), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

using Pool = std::shared_ptr<ThreadPool>;

// Given.
Coro<Pool> open_pool();              // takes a while, and may throw an Error
Coro<> close_pool(Pool pool);        // takes no more jobs, and waits for the last one
Coro<> background(std::string name); // works until it is cancelled; then cleans up
Coro<> open_listener(std::function<void(int request)> accept); // as open_pool
void close_listener();                    // takes no time
Coro<> answer(int request, Pool pool);    // in part a job of that pool; throws no Error

class AsyncService {
public:
    explicit AsyncService(ms grace) : grace_(grace) {}

    /// Opens everything, or nothing. Throws: the error of the step that failed.
    Coro<> start() {
        state_ = "starting";
        pool_ = co_await open_pool();
        // TODO(1): what opens next, and who keeps the tasks, those of requests too?
        // TODO(2): if a step throws, what is open by then, and who closes it?
        state_ = "running";
    }

    /// Closes everything in reverse.
    Coro<> stop() {
        // TODO(3): what needs the pool, and must have ended before it is closed?
        // TODO(4): what does a second caller wait for, and one who comes too early?
        co_await close_pool(pool_);
        state_ = "stopped";
    }

    /// Starts, waits for the signal, and stops.
    Coro<> serve_until(int signo) {
        // TODO(5): from when on must somebody hear the signal, and what does he do?
        say("waiting for signal {}, with a grace of {}", signo, grace_.count());
        co_await start();
        co_await stop();
    }

    std::string state() const { return state_; }

private:
    ms grace_;
    std::string state_ = "new";
    Pool pool_;
};
