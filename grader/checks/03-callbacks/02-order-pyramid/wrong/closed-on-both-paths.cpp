// expect: wrong-order badly-closed — one close in the try and one in the catch
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
        Block::try_open,    Block::fetch,        Block::parse,
        Block::save,        Block::say_saved,    Block::close_always,
        Block::catch_error, Block::close_always, Block::say_failed,
    };
}
