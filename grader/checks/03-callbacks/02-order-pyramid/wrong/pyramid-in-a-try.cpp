// expect: wrong-content M20 — the chain is started as it was, and its block is thought to catch
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
        Block::catch_around_call_later,
        Block::close_always,
    };
}
