// The catch of the outer try would tell any error; the inner one is where it happens.
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
    const std::vector<std::vector<Block>> floors = {
        {Block::try_open, Block::try_open, Block::fetch, Block::parse},
        {Block::save, Block::say_saved, Block::catch_error, Block::say_failed},
        {Block::catch_error, Block::say_failed, Block::close_always}};
    std::vector<Block> blocks;
    for (const auto& floor : floors) {
        std::copy(floor.begin(), floor.end(), std::back_inserter(blocks));
    }
    return blocks;
}
