// shrink.cpp: leaves out steps, unwraps bodies, shortens delays.
#include "shrink.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace {

using namespace lab::model;
using Shows = std::function<bool(const Program&)>;

/// Tries changes of one program, keeps those after which it still shows the difference.
class Shrinking {
public:
    Shrinking(Program program, const Shows& shows) : program_(std::move(program)), shows_(shows) {}

    Program result() {
        do {
            changed_ = false;
            shrink_body(program_.main);
        } while (changed_);
        return program_;
    }

private:
    void shrink_body(Body& body) {
        for (std::size_t i = body.size(); i-- > 0;) {
            if (!try_without(body, i) && !try_unwrapped(body, i)) {
                shrink_step(body[i]);
            }
        }
    }

    bool keep_if_shown() {
        const bool shown = shows_(program_);
        changed_ = changed_ || shown;
        return shown;
    }

    template <class T> bool try_without(std::vector<T>& list, std::size_t i) {
        const auto place = list.begin() + static_cast<std::ptrdiff_t>(i);
        T dropped = std::move(*place);
        list.erase(place);
        if (keep_if_shown()) {
            return true;
        }
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(i), std::move(dropped));
        return false;
    }

    /// The body in place of the step that has it.
    bool try_unwrapped(Body& body, std::size_t i) {
        if (body[i].op != Step::Op::attempt && body[i].op != Step::Op::await_coro) {
            return false;
        }
        const Body before = body;
        const Body inside = body[i].body;
        body.erase(body.begin() + static_cast<std::ptrdiff_t>(i));
        body.insert(body.begin() + static_cast<std::ptrdiff_t>(i), inside.begin(), inside.end());
        if (keep_if_shown()) {
            return true;
        }
        body = before;
        return false;
    }

    void shrink_step(Step& step) {
        for (const ms shorter : {ms{0}, ms{10}}) {
            const ms before = step.delay;
            if (shorter < before) {
                step.delay = shorter;
                if (!keep_if_shown()) {
                    step.delay = before;
                }
            }
        }
        shrink_body(step.body);
        shrink_body(step.handler);
        for (std::size_t i = step.items.size(); i-- > 0;) {
            if (try_without(step.items, i)) {
                continue;
            }
            if (auto* coro = std::get_if<Coro>(&step.items[i])) {
                shrink_body(coro->body);
            }
        }
    }

    Program program_;
    const Shows& shows_;
    bool changed_ = false;
};

} // namespace

Program shrink(Program program, const Shows& shows) {
    return Shrinking(std::move(program), shows).result();
}
