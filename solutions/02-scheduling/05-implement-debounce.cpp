// 02-scheduling/05 implement-debounce, solved: one card, torn up before the next one.
#include <aio/lab.hpp>
using namespace aio;

/// Makes a function that passes on only the last of calls that come close together.
/// Returns: a function that runs f(value) when d has passed since its latest call.
std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    // 1 what is remembered between calls: the handle of the latest card. It lies on the
    //   heap because a std::function copies what it captures, and all copies must find
    //   the same handle. An empty handle cancels nothing, so the first call is no case.
    auto card = std::make_shared<TimerHandle>();

    return [d, f, card](std::string value) {
        // 2 forget the call before this one. Cancelling also reaches a card that is due
        //   and has left the drawer, as long as its callback has not begun; for one
        //   that has run it does nothing.
        card->cancel();
        // 3 file the new one. The callback owns its f and its value: by the time it
        // runs,
        //   this call is long over.
        *card = get_running_loop().call_later(d, [f, value] { f(value); });
    };
}
