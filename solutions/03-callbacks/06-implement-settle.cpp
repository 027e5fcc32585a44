// 03-callbacks/06 implement-settle, solved: tasks first, then a try around each await.
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);          // given
template <class T> Outcome<T> make_failure(std::string what); // given
template <class T> Outcome<T> make_cancelled();               // given

/// Runs all of `work` together and waits for the last of it.
/// Returns: how each piece ended, in the order of the arguments.
template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    // 1 start everything
    std::vector<Task<T>> tasks;
    for (Coro<T>& piece : work) {
        tasks.push_back(create_task(std::move(piece)));
    }

    // 2 collect in order. All tasks go on while the first one is awaited; an error that
    //   comes meanwhile waits in its task (R15), and comes out here.
    std::vector<Outcome<T>> outcomes;
    const int requests = current_task().cancelling(); // old ones, which are no news
    bool stopping = false;
    for (const Task<T>& task : tasks) {
        try {
            outcomes.push_back(make_outcome<T>(co_await task));
        } catch (const CancelledError&) { // no std::exception, so it needs a catch
            outcomes.push_back(make_cancelled<T>());
        } catch (const std::exception& error) {
            outcomes.push_back(make_failure<T>(error.what()));
        }
        // 3 was it this task, and not a child, that somebody has cancelled? Then the
        //   others are cancelled, once, and the loop goes on: their clean-up has to be
        //   waited for as well.
        if (!stopping && current_task().cancelling() > requests) {
            stopping = true;
            for (const Task<T>& other : tasks) {
                other.cancel();
            }
        }
    }
    if (stopping) {
        throw CancelledError();
    }
    co_return outcomes;
}
