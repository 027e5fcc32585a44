// expect: wrong-content outside-the-try — only the last step is thought to need a catch
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
        Block::fetch,     Block::parse,       Block::try_open,   Block::save,
        Block::say_saved, Block::catch_error, Block::say_failed, Block::close_always,
    };
}
