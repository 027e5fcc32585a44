// 05-shutdown/06 build-service: a service that opens in order, and closes in order.
// Read lessons/05-shutdown first. Edit only this file. Check it:  ./lab check 05-6
//
// AsyncService answers requests. For that it needs a pool, two background tasks,
// "clock" and "cleaner", and a listener. The given functions are these pieces. They
// need no network: each plays its part in virtual time and says what happens, with
// state() in front of the line.
//   start()   opens in this order: the pool, both background tasks, the listener. Of
//             each request that comes from then on, the service makes a task of
//             answer(request, pool). If a step throws, start closes what is open, as
//             stop does, and then throws that error.
//   stop()    closes in reverse. 1 The listener. 2 The requests that were accepted:
//             they have `grace` from then on; those that are left at its end are
//             cancelled, once, and awaited. When all have ended, stop goes on at once.
//             3 Both background tasks: cancelled together, once, and awaited. 4 The
//             pool. stop throws nothing.
//   serve_until(signo)  starts, waits for that signal, and stops. A signal during the
//             start is not lost, but the start comes to its end first; a second signal
//             changes nothing. No handler is left when serve_until ends.
//   state()   "new"; "starting" until all is open or a step throws; "running";
//             "stopping" while something is being closed; "stopped".
// Everybody may call start and stop, in any state. A service starts once: every start()
// has the outcome of that one start. Every stop() returns when the service is stopped,
// and if it comes during the start, it lets the start come to its end first. After a
// stop in the state "new" nothing opens any more. Nobody cancels these calls. At the
// end nothing is left: no task, no worker, no signal handler.
//
// The checker plays five acts, each with a new service (grace 400): an evening with
// serve_until and requests (request 3 still needs the pool until 900); at 1000 a start
// that fails; at 1500 calls from all sides; at 2000 a stop before any start; at 2500 an
// evening with one request. In an instant calls may return in any order. The transcript
// must be
//   [   30] starting: pool open
//   [   50] starting: listener open
//   [  100] running: request 1 comes
//   [  180] running: request 1 answered
//   [  200] running: request 2 comes
//   [  250] running: request 3 comes
//   [  300] running: signal 15
//   [  300] stopping: listener closed
//   [  350] stopping: signal 15
//   [  400] stopping: request 4 refused
//   [  500] stopping: request 2 answered
//   [  740] stopping: request 3 cut off
//   [  790] stopping: clock closed
//   [  840] stopping: cleaner closed
//   [  900] stopping: pool empty
//   [  900] serve_until returned
//   [  910] stopped: left: nothing
//   [ 1010] starting: start is called
//   [ 1020] starting: stop is called
//   [ 1030] starting: pool open
//   [ 1050] starting: listener fails
//   [ 1100] stopping: clock closed
//   [ 1150] stopping: cleaner closed
//   [ 1150] stopping: pool empty
//   [ 1150] serve_until threw: the address is in use
//   [ 1150] start threw: the address is in use
//   [ 1150] stop returned
//   [ 1160] stopped: left: nothing
//   [ 1510] starting: start is called
//   [ 1520] starting: signal 15
//   [ 1530] starting: pool open
//   [ 1540] starting: stop is called
//   [ 1550] starting: listener open
//   [ 1550] start returned
//   [ 1550] stopping: listener closed
//   [ 1570] stopping: stop is called
//   [ 1600] stopping: clock closed
//   [ 1650] stopping: cleaner closed
//   [ 1650] stopping: pool empty
//   [ 1650] stop returned
//   [ 1650] serve_until returned
//   [ 1650] stop returned
//   [ 1650] stopped: start is called
//   [ 1650] stopped: stop is called
//   [ 1650] start returned
//   [ 1650] stop returned
//   [ 1660] stopped: left: nothing
//   [ 2000] new: stop is called
//   [ 2000] stop returned
//   [ 2010] stopped: start is called
//   [ 2010] start returned
//   [ 2020] stopped: left: nothing
//   [ 2500] new: start is called
//   [ 2530] starting: pool open
//   [ 2550] starting: listener open
//   [ 2550] start returned
//   [ 2560] running: request 5 comes
//   [ 2600] running: stop is called
//   [ 2600] stopping: listener closed
//   [ 2620] stopping: request 5 answered
//   [ 2670] stopping: clock closed
//   [ 2720] stopping: cleaner closed
//   [ 2720] stopping: pool empty
//   [ 2720] stop returned
//   [ 2730] stopped: left: nothing
//
// Rules you need: R9 (workers), R10 (cancel), R11 (run), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

using Pool = std::shared_ptr<ThreadPool>;

// Given.
Coro<Pool> open_pool();              // takes a while, and may throw an Error
Coro<> close_pool(Pool pool);        // takes no more jobs, and waits for the last one
Coro<> background(std::string name); // works until it is cancelled; then cleans up
// Says what the listener is to call for each request.
void on_request(std::function<void(int request)> accept);
Coro<> open_listener();                // as open_pool; from then on requests may come
void close_listener();                 // from then on they are refused
Coro<> answer(int request, Pool pool); // in part a job of that pool; throws no Error

/// Answers requests, from its start to its stop.
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
        // TODO(3): what needs the pool, and when has all of it ended?
        co_await sleep(grace_);
        co_await close_pool(pool_);
        // TODO(4): what does a second caller wait for, and one who comes too early?
        state_ = "stopped";
    }

    /// Starts, waits for the signal, and stops.
    Coro<> serve_until(int signo) {
        co_await start();
        // TODO(5): is this in time for every signal, and what can the handler do?
        get_running_loop().add_signal_handler(signo, [] {});
        co_await stop();
    }

    std::string state() const { return state_; }

private:
    ms grace_;
    std::string state_ = "new";
    Pool pool_;
};
