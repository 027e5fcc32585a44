// The tasks in the other order: the lines at 0 change places.
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
        Block::create_bread, Block::create_soup, Block::await_soup,
        Block::say_taste,    Block::await_bread, Block::say_serve,
    };
}
