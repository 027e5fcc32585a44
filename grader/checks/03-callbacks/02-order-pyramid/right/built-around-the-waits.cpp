// The success path first, as a list; then the braces around it.
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
    std::vector<Block> blocks = {Block::fetch, Block::parse, Block::save};
    blocks.push_back(Block::say_saved);
    blocks.insert(blocks.begin(), Block::try_open);
    for (Block b : {Block::catch_error, Block::say_failed}) {
        blocks.push_back(b);
    }
    blocks.push_back(Block::close_always);
    return blocks;
}
