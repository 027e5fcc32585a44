// expect: wrong-content goes-on — each step has a catch of its own, and the next one follows it
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
