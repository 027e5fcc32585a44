// limit.hpp: the questions of the limits, one file each.
#pragma once

namespace bench {

// limit_coroutines.cpp
void coro_yield();
void spawn_join();
void nested_await();

// limit_threads.cpp
void post_threadsafe();
void loop_pingpong();
void executor_roundtrip();
void executor_batch();

} // namespace bench
