// expect: wrong-content cancel-escapes — takes a child's cancel for its own
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> tasks;
    for (auto& piece : work) {
        tasks.push_back(create_task(std::move(piece)));
    }
    std::vector<Outcome<T>> outcomes;
    bool stop = false;
    for (auto& task : tasks) {
        bool now = false;
        try {
            outcomes.push_back(make_outcome<T>(co_await task));
        } catch (const CancelledError&) {
            now = !stop;
        } catch (const std::exception& e) {
            outcomes.push_back(make_failure<T>(e.what()));
        }
        if (now) {
            stop = true;
            for (auto& other : tasks) {
                other.cancel();
            }
        }
    }
    if (stop) {
        throw CancelledError();
    }
    co_return outcomes;
}
