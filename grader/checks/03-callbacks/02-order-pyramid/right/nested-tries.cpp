// A try for the first step, and in it one for the other two: the inner catch ends both.
#include <aio/lab.hpp>
using namespace aio;

enum class Block {
    catch_around_call_later,
    catch_error,
    close_always,
    fetch,
    parse,
    result_without_await,
    save,
    say_failed,
    say_saved,
    start_save_unawaited,
    try_open
};

std::vector<Block> arrange() {
    return {
        Block::try_open,    Block::fetch,      Block::try_open,     Block::parse,
        Block::save,        Block::say_saved,  Block::catch_error,  Block::say_failed,
        Block::catch_error, Block::say_failed, Block::close_always,
    };
}
