// expect: incomplete badly-closed — closes at the end of the try, so not after a failure
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
        Block::try_open,  Block::fetch,        Block::parse,       Block::save,
        Block::say_saved, Block::close_always, Block::catch_error, Block::say_failed,
    };
}
