// no task but the caller's: the end of each job hands in the next one.
#include <aio/lab.hpp>
using namespace aio;

class Mapper : public std::enable_shared_from_this<Mapper> {
public:
    Mapper(ThreadPool& pool, std::function<int(int)> f, std::vector<int> items)
        : pool_(pool), f_(f), items_(items), results_(items.size()) {}

    void begin(int limit) {
        for (int k = 0; k < limit; ++k) {
            hand_in();
        }
        finish_if_over();
    }
    Future<std::vector<int>> all() const { return all_; }

private:
    void hand_in() {
        if (next_ == items_.size() || error_ || all_.done()) {
            return;
        }
        const auto i = next_++;
        ++running_;
        auto job = get_running_loop().run_in_executor(&pool_, f_, items_[i]);
        job.add_done_callback([self = shared_from_this(), i](const Future<int>& ended) {
            --self->running_;
            if (const auto error = ended.exception()) {
                self->error_ = self->error_ ? self->error_ : error;
            } else {
                self->results_[i] = ended.result();
            }
            self->hand_in();
            self->finish_if_over();
        });
    }
    void finish_if_over() {
        if (running_ == 0 && !all_.done()) {
            error_ ? all_.set_exception(error_) : all_.set_result(results_);
        }
    }

    ThreadPool& pool_;
    std::function<int(int)> f_;
    std::vector<int> items_, results_;
    std::size_t next_ = 0;
    int running_ = 0;
    std::exception_ptr error_;
    Future<std::vector<int>> all_ = get_running_loop().create_future<std::vector<int>>();
};

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto mapper = std::make_shared<Mapper>(pool, f, items);
    mapper->begin(limit);
    co_return co_await mapper->all();
}
