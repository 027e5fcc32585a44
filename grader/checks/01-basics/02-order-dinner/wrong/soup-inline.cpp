// expect: wrong-order M02 — awaits the soup inline, and starts the bread after it
#include <aio/lab.hpp>
using namespace aio;

enum class Block {
    create_soup,
    create_bread,
    await_soup,
    await_bread,
    say_taste,
    say_serve,
    call_soup_no_await,
    nested_run,
    block_for_soup,
    await_soup_coro_inline
};

std::vector<Block> arrange() {
    return {
        Block::await_soup_coro_inline,
        Block::say_taste,
        Block::create_bread,
        Block::await_bread,
        Block::say_serve,
    };
}
