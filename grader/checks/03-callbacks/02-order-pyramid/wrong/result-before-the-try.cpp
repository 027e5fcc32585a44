// expect: wrong-content M24 — asks too early, and outside of the try
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
