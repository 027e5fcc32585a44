// The catch of the outer try would tell any error; the inner one is where it happens.
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
