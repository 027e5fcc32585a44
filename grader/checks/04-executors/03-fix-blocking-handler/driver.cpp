// driver.cpp: the chat server: sends the messages of the case and watches the heartbeat.
//
// It waits with timers of its own and never with sleep, so that a sleep in the trace is the
// answer's.
#include "script.hpp"

#include "params.hpp"

#include <map>

namespace exercise {

Params the_case;

/// Returns: a future that is completed at `date`.
aio::Future<> until(aio::time_point date) {
    auto reached = aio::get_running_loop().create_future<>();
    aio::get_running_loop().call_at(date, [reached] {
        if (!reached.done()) {
            reached.set_result();
        }
    });
    return reached;
}

/// Beats at `due`, and from then on every 20 ms until the server closes. Missed beats are left out.
void beat_at(aio::time_point due) {
    aio::get_running_loop().call_at(due, [due] {
        const aio::time_point now = aio::get_running_loop().time();
        if (now - due > allowed_lag) {
            aio::say("heartbeat {} ms late", (now - due) / 1ms);
        }
        const aio::time_point next = now + beat - (now - aio::time_point()) % beat;
        if (next < aio::time_point(the_case.close)) {
            beat_at(next);
        }
    });
}

std::map<int, std::size_t> lookups; ///< how many each client has had

/// Returns: how long the next look-up of `client` takes.
milliseconds next_lookup(int client) {
    std::size_t number = lookups[client]++;
    for (const Message& message : the_case.messages) {
        if (message.client == client && number-- == 0) {
            return message.lookup;
        }
    }
    return 10ms;
}

} // namespace exercise

int resize_image(int size) {
    aio::block_for(aio::ms(size));
    return exercise::resized(size);
}

aio::Coro<std::string> lookup(int client) {
    const aio::ms wait = exercise::next_lookup(client);
    co_await exercise::until(aio::get_running_loop().time() + wait);
    co_return exercise::the_case.name_of(client);
}

namespace exercise {

aio::Coro<> serve(OnMessage on_message) {
    std::vector<aio::Task<>> handlers;
    const auto closing = until(aio::time_point(the_case.close));
    beat_at(aio::time_point(beat));
    for (const Message& message : the_case.messages) {
        aio::get_running_loop().call_at(
            aio::time_point(message.at), [&handlers, &message, on_message] {
                handlers.push_back(aio::create_task(on_message(message.client, message.size)));
            });
    }
    co_await closing;
    aio::say("server closed");
    for (auto& handler : handlers) {
        if (handler.done()) {
            co_await handler; // an error that it ended with is an error of the program
        }
    }
}

void run_script(std::uint64_t seed, OnMessage on_message) {
    the_case = draw(seed);
    aio::run(serve(on_message));
}

} // namespace exercise
