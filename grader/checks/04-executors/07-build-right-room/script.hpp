// script.hpp: what the driver needs that no answer has a part in.
#pragma once
#include <lab/driver.hpp>

#include <cstddef>

int work(aio::ms cost, int add);
aio::Coro<int> async_work(aio::ms cost, int add);

namespace exercise {

/// Beats at 0 and every 10 ms. `due`: the date of the next beat; `late`: the longest delay so far.
struct Heart {
    aio::ms due = 0ms;
    aio::ms late = 0ms;

    void look() {
        const aio::ms lag = aio::now() - due;
        late = lag > late ? lag : late;
    }
};

aio::Coro<> beat(Heart& heart);

/// Returns: how many threads there are besides this one. A thread that was joined takes a moment to
/// leave the system's list, so while there are some it looks again, for a little real time.
std::ptrdiff_t workers_left();

} // namespace exercise
