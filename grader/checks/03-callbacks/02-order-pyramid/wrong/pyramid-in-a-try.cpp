// expect: wrong-content M20 — the chain is started as it was, and its block is thought to catch
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
        Block::catch_around_call_later,
        Block::close_always,
    };
}
