// 05-shutdown/02 fix-stubborn-worker, solved: errors are caught, a request is not.
#include <aio/lab.hpp>
using namespace aio;

struct Resource { // given: says "open" and "released"
    void open();
    void release();
};

int steps_today(); // given: how many steps the shift has
Coro<> rest();     // given: the pause after each step

/// Releases a resource at the end of the block that it stands in.
struct ReleaseAtEnd {
    Resource& resource;
    ~ReleaseAtEnd() { resource.release(); }
};

/// Washes step(0), step(1), … until the shift is over. A step may throw an Error.
Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    // 1 one place for the release. The shift may end at its last line, at a step or in
    //   a rest; the destructor runs on each of these ways, once.
    r.open();
    const ReleaseAtEnd tap{r};

    for (int k = 0; k < steps_today(); ++k) {
        try {
            co_await step(k);
        } catch (const CancelledError&) {
            // 2 the request is not ours to keep: whoever awaits this task must see that
            //   it was cancelled (R10). The step has cleaned up by now, because we were
            //   still waiting for it.
            throw;
        } catch (const std::exception&) {
            // 3 a bad rack is no reason to go home.
            say("step {} failed", k);
        }
        co_await rest();
    }
}
