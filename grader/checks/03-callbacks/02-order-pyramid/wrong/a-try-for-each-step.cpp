// expect: wrong-content goes-on — each step has a catch of its own, and the next one follows it
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

void guarded(std::vector<Block>& blocks, std::vector<Block> inside) {
    blocks.push_back(Block::try_open);
    blocks.insert(blocks.end(), inside.begin(), inside.end());
    blocks.push_back(Block::catch_error);
    blocks.push_back(Block::say_failed);
}

std::vector<Block> arrange() {
    std::vector<Block> blocks;
    guarded(blocks, {Block::fetch});
    guarded(blocks, {Block::parse});
    guarded(blocks, {Block::save, Block::say_saved});
    blocks.push_back(Block::close_always);
    return blocks;
}
