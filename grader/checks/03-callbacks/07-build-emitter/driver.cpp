// driver.cpp: plays the script of the case on an Emitter, and says what it does and returns.
#include "script.hpp"

#include "params.hpp"

namespace exercise {

class Player {
public:
    Player(Params p, MakeEmitter make) : p_(std::move(p)), make_(make), ids_(p_.listeners.size()) {}

    /// The checker knows the timers of this function: they are the only ones.
    aio::Coro<> play() {
        auto& loop = aio::get_running_loop();
        loop.set_exception_handler([](const aio::ErrorContext& context) {
            aio::say("exception handler: {}", aio::describe(context.error));
        });
        emitter_ = make_();
        tasks_.resize(p_.waiters.size());
        for (const Step& step : p_.steps) {
            loop.call_at(aio::time_point(step.at), [this, step] { play(step); });
        }
        const auto end = loop.create_future<void>();
        loop.call_at(aio::time_point(p_.steps.back().at + 100ms), [end] { end.set_result(); });
        co_await end;
        over_ = true;
        for (std::size_t k = 0; k < tasks_.size(); ++k) {
            if (!tasks_[k].done()) {
                aio::say("{}: still waiting", p_.waiters[k].name);
            }
        }
    }

private:
    /// What a listener is registered as. It notices when it is destroyed while it runs, which is
    /// undefined behaviour for a lambda that looks at its captures afterwards.
    class Ear {
    public:
        Ear(Player& player, std::size_t index) : player_(&player), index_(index) {}
        Ear(const Ear&) = default;
        Ear& operator=(const Ear&) = delete;
        ~Ear() {
            for (const Ear*& ear : player_->running_) {
                if (ear == this) {
                    ear = nullptr;
                }
            }
        }
        void operator()(int value) const { player_->hear(*this, index_, value); }

    private:
        Player* player_;
        std::size_t index_;
    };

    void play(const Step& step) {
        switch (step.what) {
        case Do::add:
            add(step.who);
            break;
        case Do::off: {
            const bool was = emitter_->off(*ids_[step.who]);
            aio::say("off {}: {}", p_.listeners[step.who].name, was);
            break;
        }
        case Do::emit:
            try {
                emit(step.event, step.value, step.counted);
            } catch (const std::exception& error) {
                aio::say("emit {} {}: threw {}", step.event, step.value, error.what());
            }
            break;
        case Do::wait:
            tasks_[step.who] = aio::create_task(wait(p_.waiters[step.who]));
            break;
        case Do::cancel:
            tasks_[step.who].cancel();
            break;
        case Do::fail:
            break; // only listeners do
        }
    }

    void add(std::size_t index) {
        const Listener& listener = p_.listeners[index];
        const int id = listener.once ? emitter_->once(listener.event, Ear(*this, index))
                                     : emitter_->on(listener.event, Ear(*this, index));
        for (std::size_t k = 0; k < ids_.size(); ++k) {
            if (ids_[k] == id) {
                aio::say("{} got the id of {}", listener.name, p_.listeners[k].name);
            }
        }
        ids_[index] = id;
    }

    void emit(std::string event, int value, bool counted) {
        const int called = emitter_->emit(event, value);
        if (counted) {
            aio::say("emit {} {}: {} called", event, value, called);
        } else {
            aio::say("emit {} {}: over", event, value);
        }
    }

    aio::Coro<> wait(Waiter waiter) {
        try {
            const int value = co_await emitter_->wait_event(waiter.event);
            aio::say("{} got {} {}", waiter.name, waiter.event, value);
        } catch (const aio::CancelledError&) {
            if (!over_) { // run() cancels whoever is left
                aio::say("{}: cancelled", waiter.name);
            }
        } catch (...) {
            aio::say("{}: failed: {}", waiter.name, aio::describe(std::current_exception()));
        }
    }

    /// `ear` may be gone when the listener has removed itself.
    void hear(const Ear& ear, std::size_t index, int value) {
        running_.push_back(&ear);
        const Listener& listener = p_.listeners[index];
        std::string text = listener.name + " hears " + listener.event + " " + std::to_string(value);
        std::optional<int> nested;
        bool fails = false;
        for (const Act& act : listener.acts) {
            if (act.value != value) {
                continue;
            }
            if (act.what == Do::add) {
                add(act.listener);
                text += ", adds " + p_.listeners[act.listener].name;
            } else if (act.what == Do::off) {
                const bool was = emitter_->off(*ids_[act.listener]);
                text += ", removes " + p_.listeners[act.listener].name;
                text += was ? ": true" : ": false";
            } else if (act.what == Do::emit) {
                nested = act.nested;
            } else {
                fails = true;
            }
        }
        aio::say("{}", text);
        const bool alive = running_.back() != nullptr;
        running_.pop_back();
        if (!alive) {
            aio::say("{} was destroyed while it ran", listener.name);
        }
        if (fails) {
            throw aio::Error(listener.name + " is tired");
        }
        if (nested) {
            emit(listener.event, *nested, true);
        }
    }

    Params p_;
    MakeEmitter make_;
    std::vector<std::optional<int>> ids_; ///< by listener, once it is registered
    std::vector<const Ear*> running_;
    std::vector<aio::Task<>> tasks_;
    bool over_ = false;
    std::unique_ptr<AnyEmitter> emitter_; ///< last: it destroys listeners when it goes away
};

void run_script(std::uint64_t seed, MakeEmitter make) {
    Player player(draw(seed), make); // outlives the tasks that wait
    aio::run(player.play());
}

} // namespace exercise
