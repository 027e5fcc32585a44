// Shared nodes that know whether they are still wanted; emit copies the pointers.
#include <aio/lab.hpp>
using namespace aio;

class Emitter {
    struct Node {
        std::function<void(int)> call;
        bool once = false;
        bool active = true;
    };

public:
    int on(std::string event, std::function<void(int)> f) {
        return hang(event, std::move(f), false);
    }
    int once(std::string event, std::function<void(int)> f) {
        return hang(event, std::move(f), true);
    }

    bool off(int id) {
        const auto node = by_id_.find(id);
        if (node == by_id_.end() || !std::exchange(node->second->active, false)) {
            return false;
        }
        by_id_.erase(node);
        return true;
    }

    int emit(std::string event, int value) {
        auto& row = rows_[event];
        row.remove_if([](const auto& node) { return !node->active; });
        int n = 0;
        for (const auto& node : std::list<std::shared_ptr<Node>>(row)) {
            if (!node->active) {
                continue;
            }
            node->active = !node->once;
            ++n;
            try {
                node->call(value);
            } catch (const std::exception& e) {
                say("listener failed: {}", e.what());
            }
        }
        return n;
    }

    Coro<int> wait_event(std::string event) {
        const Future<int> f = get_running_loop().create_future<int>();
        const int id = once(event, [f](int v) {
            if (!f.cancelled()) {
                f.set_result(v);
            }
        });
        f.add_done_callback([this, id] { off(id); }); // true only if a cancel has ended it
        co_return co_await f;
    }

private:
    int hang(const std::string& event, std::function<void(int)> f, bool once) {
        const auto node = std::make_shared<Node>(Node{std::move(f), once});
        rows_[event].push_back(node);
        by_id_[++count_] = node;
        return count_;
    }
    std::map<std::string, std::list<std::shared_ptr<Node>>> rows_;
    std::map<int, std::shared_ptr<Node>> by_id_;
    int count_ = 0;
};
