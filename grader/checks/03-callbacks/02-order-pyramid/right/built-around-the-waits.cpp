// The success path first, as a list; then the braces around it.
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
    std::vector<Block> blocks = {Block::fetch, Block::parse, Block::save};
    blocks.push_back(Block::say_saved);
    blocks.insert(blocks.begin(), Block::try_open);
    for (Block b : {Block::catch_error, Block::say_failed}) {
        blocks.push_back(b);
    }
    blocks.push_back(Block::close_always);
    return blocks;
}
