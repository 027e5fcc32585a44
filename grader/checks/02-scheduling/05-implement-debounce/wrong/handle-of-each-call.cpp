// expect: wrong-content M53 — the handle is made new in each call, so nothing is ever cancelled
#include <aio/lab.hpp>
using namespace aio;

using Action = std::function<void(std::string)>;

class Debounced {
public:
    Debounced(ms wait, Action action) : wait_(wait), action_(action) {}
    void operator()(std::string text) const {
        TimerHandle previous;
        previous.cancel();
        Action action = action_;
        previous = get_running_loop().call_later(wait_, [action, text] { action(text); });
    }

private:
    ms wait_;
    Action action_;
};

Action debounce(ms d, Action f) { return Debounced(d, f); }
