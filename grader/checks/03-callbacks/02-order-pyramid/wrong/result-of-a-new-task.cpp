// expect: wrong-content M24 — asks the task for its result in the line that makes it
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
        Block::try_open,  Block::result_without_await, Block::parse,      Block::save,
        Block::say_saved, Block::catch_error,          Block::say_failed, Block::close_always,
    };
}
