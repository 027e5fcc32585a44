// done-callbacks fill the slots and count; a future tells when none is left.
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> class Settling {
public:
    explicit Settling(std::vector<Coro<T>> work)
        : left_(work.size()), slots_(work.size()),
          all_ended_(get_running_loop().create_future<>()) {
        for (std::size_t i = 0; i < work.size(); ++i) {
            tasks_.push_back(create_task(std::move(work[i])));
            tasks_.back().add_done_callback([this, i](Future<T> task) { ended(i, task); });
        }
    }

    Coro<> until_all_ended() {
        while (left_ > 0) {
            bool cancelled = false;
            try {
                co_await all_ended_;
            } catch (const CancelledError&) {
                cancelled = true;
            }
            if (cancelled) {
                cancelled_ = true;
                all_ended_ = get_running_loop().create_future<>();
                for (const Task<T>& task : tasks_) {
                    task.cancel();
                }
            }
        }
        if (cancelled_) {
            throw CancelledError("handed on");
        }
    }

    std::vector<Outcome<T>> outcomes() const { return slots_; }

private:
    void ended(std::size_t i, Future<T> task) {
        try {
            slots_[i] = make_outcome<T>(task.result());
        } catch (const CancelledError&) {
            slots_[i] = make_cancelled<T>();
        } catch (const std::exception& error) {
            slots_[i] = make_failure<T>(error.what());
        }
        if (--left_ == 0 && !all_ended_.done()) {
            all_ended_.set_result();
        }
    }

    std::size_t left_;
    std::vector<Outcome<T>> slots_;
    std::vector<Task<T>> tasks_;
    Future<> all_ended_;
    bool cancelled_ = false;
};

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    Settling<T> settling(std::move(work));
    co_await settling.until_all_ended();
    co_return settling.outcomes();
}
