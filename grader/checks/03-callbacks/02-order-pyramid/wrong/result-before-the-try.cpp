// expect: wrong-content M24 — asks too early, and outside of the try
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
        Block::result_without_await,
        Block::try_open,
        Block::parse,
        Block::save,
        Block::say_saved,
        Block::catch_error,
        Block::say_failed,
        Block::close_always,
    };
}
