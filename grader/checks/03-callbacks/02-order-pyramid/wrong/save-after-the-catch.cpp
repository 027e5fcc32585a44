// expect: wrong-content goes-on — the last step stands behind the catch and runs in any case
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
        Block::try_open,   Block::fetch, Block::parse,     Block::catch_error,
        Block::say_failed, Block::save,  Block::say_saved, Block::close_always,
    };
}
