// expect: wrong-content error-mistold — every error gets the same text
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
    std::vector<Outcome<T>> outcomes(tasks.size(), make_failure<T>("failed"));
    bool stopping = false;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        try {
            outcomes[i] = make_outcome<T>(co_await tasks[i]);
        } catch (const CancelledError&) {
            outcomes[i] = make_cancelled<T>();
        } catch (const Error&) {
        }
        if (!stopping && current_task().cancelling() > 0) {
            stopping = true;
            for (auto& other : tasks) {
                other.cancel();
            }
        }
    }
    if (stopping) {
        throw CancelledError();
    }
    co_return outcomes;
}
