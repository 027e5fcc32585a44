// workloads.hpp: the questions, one file each.
#pragma once

#include <cstdint>

namespace bench {

// call_soon.cpp: what does a callback cost that is ready now?
void call_soon_chain();
void call_soon_chain_io();
void call_soon_burst();

// timers.cpp: what does a deadline cost, kept, cancelled or moved?
void timers_fire();
void timers_cancel();
void timers_churn();

// coroutines.cpp: what does it cost to wait, to begin, to call?
void coro_yield();
void spawn_join();
void nested_await();

// threads.cpp: what does it cost to cross to another thread?
void post_threadsafe();
void loop_pingpong();
void loop_pingpong_asleep();
void executor_roundtrip();
void executor_roundtrip_asleep();
void executor_batch();
void executor_batch_asleep();

// echo.cpp: what does a request cost?
void echo(std::uint16_t port);

} // namespace bench
