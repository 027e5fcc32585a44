// 01-basics/02 order-dinner, solved: two cards on the rail, then two waits.
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

/// Returns: the blocks of main, from the first line to the last.
std::vector<Block> arrange() {
    return {
        // 1 start everything: both tasks are on the ready queue before the first wait.
        Block::create_soup,
        Block::create_bread,
        // 2 wait for what is needed next. The soup must come first: if it is the
        //   quicker dish, waiting for the bread would let it get cold.
        Block::await_soup,
        Block::say_taste,
        // 3 this wait costs nothing when the bread was quicker than the soup (R3).
        Block::await_bread,
        Block::say_serve,
    };
}
