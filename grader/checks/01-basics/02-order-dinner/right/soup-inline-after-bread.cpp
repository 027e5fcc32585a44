// The bread is on the rail before the soup is awaited inline: both cook at once, in five blocks.
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
        Block::create_bread, Block::await_soup_coro_inline, Block::say_taste, Block::await_bread,
        Block::say_serve,
    };
}
