// 01-basics/02 order-dinner: put blocks in order until they are the main of a dinner.
// Read lessons/01-basics first. Edit only this file. Check it:  ./lab check 01-2
//
// Soup and bread cook together. You taste the soup as soon as it is ready, and serve
// when both are ready, so that the dinner takes as long as the slower dish. Some of
// these ten blocks do that, in more than one order; others are traps. Each stands for
// one line of main:
//
//   create_soup             soup = create_task(std::move(soup_card));
//   create_bread            bread = create_task(std::move(bread_card));
//   await_soup              co_await soup;
//   await_bread             co_await bread;
//   say_taste               say("taste");
//   say_serve               say("serve");
//   call_soup_no_await      cook("soup", soup_delay);
//   nested_run              run(cook("soup", soup_delay));
//   block_for_soup          block_for(soup_delay);
//   await_soup_coro_inline  co_await std::move(soup_card);
//
// cook(dish, d) says "DISH: cooking", sleeps for d, says "DISH: ready". soup_card and
// bread_card are the coroutine objects cook("soup", …) and cook("bread", …), one of
// each.
//
// With soup 300 ms and bread 500 ms the transcript must be (lines of one
// instant in any order)
//   [    0] soup: cooking
//   [    0] bread: cooking
//   [  300] soup: ready
//   [  300] taste
//   [  500] bread: ready
//   [  500] serve
//
// Rules you need: R1 (a call makes an object), R2 (tasks), R3 (awaiting), R11 (run).
#include <aio/lab.hpp>
using namespace aio;

enum class Block {
    create_soup,
    create_bread,
    await_soup,
    await_bread,
    say_taste,
    say_serve,
    call_soup_no_await,
    nested_run,
    block_for_soup,
    await_soup_coro_inline
};

/// Returns: the blocks of main, from the first line to the last.
std::vector<Block> arrange() {
    return {
        // TODO(1): what must be on the rail before main waits for the first time?
        // TODO(2): which wait comes just before the taste, and which before serving?
        Block::say_taste,
        Block::say_serve,
    };
}
