// What cannot fail may stand in a try of its own, whose catch is never used.
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

using Blocks = std::vector<Block>;

Blocks in_a_try(const Blocks& inside) {
    Blocks all = {Block::try_open};
    all.insert(all.end(), inside.begin(), inside.end());
    all.insert(all.end(), {Block::catch_error, Block::say_failed});
    return all;
}

std::vector<Block> arrange() {
    Blocks all = in_a_try({Block::fetch, Block::parse, Block::save, Block::say_saved});
    for (const Block block : in_a_try({Block::close_always})) {
        all.push_back(block);
    }
    return all;
}
