// 02-scheduling/06 build-cron: a small scheduler of dates and periods.
// Read lessons/02-scheduling first. Edit only this file. Check it:  ./lab check 02-6
//
// A Cron runs jobs on the loop that it is given, and lives as long as the loop runs.
// A job is pending from its registration until it has been cancelled or, if it is a job
// of at(), until it begins to run.
//   every(period, f)  runs f at one period after the registration, at two periods, and
//                     so on. This grid never moves. A tick that comes late, because
//                     something blocked, runs once, as soon as the loop is free; the
//                     next one is the first date on the grid after that moment. What
//                     lies between was missed and is skipped.
//   at(when, f)       runs f once, at that date of the loop's time.
//   cancel(id)        the job does not run any more, also if it is due in this very
//                     instant and an earlier job of the instant cancels it, or if it
//                     cancels itself while it runs. Returns: whether it was pending.
//   next()            the earliest date of a pending job, or nothing.
// every() and at() return an id for cancel(). Jobs that are due at the same time run in
// the order of their registration; here that is also the order in which their dates are
// filed. A job that is not pending has no timer with the loop, and nothing may poll.
//
// The checker plays a script: it registers jobs, cancels some, and says what your class
// returns. With guard and stamps at 640, parcel at 280 (it works for 180 ms) and,
// registered at 40, clock every 100 ms (30 ms of work; at 640 it cancels itself) the
// transcript must be
//   [    0] guard at 640, next 640
//   [    0] stamps at 640, next 640
//   [    0] parcel at 280, next 280
//   [   40] clock every 100, next 140
//   [  140] clock runs for 30 ms
//   [  240] clock runs for 30 ms
//   [  280] parcel runs for 180 ms
//   [  460] clock runs for 30 ms
//   [  540] clock runs for 30 ms
//   [  600] next 640
//   [  640] guard runs
//   [  640] guard cancels stamps: true
//   [  640] clock runs for 30 ms
//   [  640] clock cancels itself: true
//   [  680] cancel stamps: false
//   [  680] next nothing
//
// Rules you need: R5 (a turn), R7 (ties), R8 (late timers).
#include <aio/lab.hpp>
using namespace aio;

/// Runs jobs at dates and on grids of dates.
class Cron {
public:
    explicit Cron(EventLoop& loop) : loop_(loop) {}

    /// Runs f at each date of a grid that begins one period from now.
    /// Returns: the job's id.
    int every(ms period, Callback f) {
        // TODO(1): which date is filed first, and when is the next one filed?
        // TODO(2): f is called again and again; where does it live meanwhile?
        return at(now() + period, std::move(f));
    }

    /// Runs f once, at that date.
    /// Returns: the job's id.
    int at(ms when, Callback f) {
        // TODO(3): what will cancel() and next() have to know about this job?
        loop_.call_at(time_point(when), std::move(f));
        return 0;
    }

    /// Takes a job out, whatever it is about to do.
    /// Returns: whether it was pending.
    bool cancel(int id) {
        // TODO(4): how do you find the job's timer, also while the job is running?
        return id < 0;
    }

    /// Returns: the earliest date of a pending job, or nothing.
    std::optional<ms> next() const {
        // TODO(5): which jobs are pending, and what is the date of each?
        return std::nullopt;
    }

private:
    EventLoop& loop_;
};
