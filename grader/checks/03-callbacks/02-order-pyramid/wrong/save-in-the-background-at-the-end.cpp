// expect: wrong-content M21 — closes, then leaves the save to itself
#include <aio/lab.hpp>
using namespace aio;

enum class Block {
    try_open,
    fetch,
    parse,
    save,
    say_saved,
    catch_error,
    say_failed,
    close_always,
    catch_around_call_later,
    result_without_await,
    start_save_unawaited
};

std::vector<Block> arrange() {
    return {
        Block::try_open,    Block::fetch,      Block::parse,        Block::say_saved,
        Block::catch_error, Block::say_failed, Block::close_always, Block::start_save_unawaited,
    };
}
