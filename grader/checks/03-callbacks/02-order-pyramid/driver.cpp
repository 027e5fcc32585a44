// driver.cpp: runs the arranged blocks as a coroutine, each exactly as its label says, in four
// rounds.
#include "script.hpp"

#include "params.hpp"

#include <stdexcept>
#include <utility>

namespace exercise {

/// A statement of the coroutine; with try_open a whole try, with its handler.
struct Statement {
    Block block;
    std::vector<Statement> body{}, handler{};
};

/// Braces that are open: of the coroutine itself, of a try, or of the catch that follows it.
struct Open {
    std::vector<Statement> body{}, handler{};
    bool in_handler = false;

    std::vector<Statement>& here() { return in_handler ? handler : body; }
};

/// Throws: std::logic_error if the blocks are no program.
std::vector<Statement> statements_of(const std::vector<Block>& blocks) {
    std::vector<Open> open(1);
    const auto insist = [](bool fits, const char* why) {
        if (!fits) {
            throw std::logic_error(std::string("the blocks do not fit together: ") + why);
        }
    };
    for (const Block block : blocks) {
        insist(block <= Block::try_open, "one of them is none of the eleven");
        if (block == Block::try_open) {
            open.emplace_back();
        } else if (block == Block::catch_error) {
            insist(open.size() > 1, "catch_error closes a try, and none is open");
            insist(!open.back().in_handler, "catch_error closes a try, and not a catch");
            open.back().in_handler = true;
        } else if (block == Block::say_failed) {
            insist(open.back().in_handler, "say_failed needs the `e` of a catch");
            open.back().handler.push_back({block});
            Statement whole{Block::try_open, std::move(open.back().body),
                            std::move(open.back().handler)};
            open.pop_back();
            open.back().here().push_back(std::move(whole));
        } else {
            open.back().here().push_back({block});
        }
    }
    insist(open.size() == 1, "a try_open is left without its catch_error and say_failed");
    return std::move(open.front().body);
}

aio::Coro<> step(std::string name, aio::ms delay, bool fails) {
    co_await aio::sleep(delay);
    if (fails) {
        throw aio::Error(name);
    }
}

/// The three steps, as they go in one round.
struct Job {
    Params p;
    Fails fails;

    aio::Coro<> fetch() const { return step("fetch", p.fetch, fails == Fails::fetch); }
    aio::Coro<> parse() const { return step("parse", p.parse, fails == Fails::parse); }
    aio::Coro<> save() const { return step("save", p.save, fails == Fails::save); }
};

void chain_ends(const std::string& name, bool fails, const std::string& line) {
    if (fails) {
        throw aio::Error(name);
    }
    aio::say(line);
}

/// The callbacks of the pyramid, which throw.
void chain(aio::EventLoop& loop, Job job) {
    chain_ends("fetch", job.fails == Fails::fetch, "fetched");
    loop.call_later(job.p.parse, [&loop, job] {
        chain_ends("parse", job.fails == Fails::parse, "parsed");
        loop.call_later(job.p.save,
                        [job] { chain_ends("save", job.fails == Fails::save, "saved"); });
    });
}

/// `error`: what the catch around these statements has caught.
aio::Coro<> execute(std::vector<Statement> statements, Job job, std::string error) {
    aio::EventLoop& loop = aio::get_running_loop();
    for (const Statement& statement : statements) {
        switch (statement.block) {
        case Block::try_open: {
            bool failed = false;
            std::string caught;
            try {
                co_await execute(statement.body, job, error);
            } catch (const aio::Error& e) {
                failed = true;
                caught = e.what();
            }
            if (failed) {
                co_await execute(statement.handler, job, caught);
            }
            break;
        }
        case Block::fetch:
            co_await job.fetch();
            aio::say("fetched");
            break;
        case Block::parse:
            co_await job.parse();
            aio::say("parsed");
            break;
        case Block::save:
            co_await job.save();
            break;
        case Block::say_saved:
            aio::say("saved");
            break;
        case Block::catch_error: // statements_of has made a try of it
            break;
        case Block::say_failed:
            aio::say("failed: {}", error);
            break;
        case Block::close_always:
            aio::say("closed");
            break;
        case Block::catch_around_call_later:
            try {
                loop.call_later(job.p.fetch, [&loop, job] { chain(loop, job); });
            } catch (const aio::Error& e) {
                aio::say("failed: {}", e.what());
            }
            break;
        case Block::result_without_await:
            aio::create_task(job.fetch()).result();
            aio::say("fetched");
            break;
        case Block::start_save_unawaited:
            aio::create_task(job.save());
            break;
        }
    }
}

aio::Coro<> play_round(std::vector<Statement> statements, Job job) {
    aio::say(title(job.fails));
    std::string escaped;
    try {
        co_await execute(std::move(statements), job, "");
    } catch (const aio::Error& e) {
        escaped = e.what();
    }
    if (!escaped.empty()) {
        aio::say("escaped: {}", escaped);
    }
}

aio::Coro<> play(std::vector<Block> blocks, Params p) {
    aio::get_running_loop().set_exception_handler([](const aio::ErrorContext& context) {
        aio::say("handler: {}", aio::describe(context.error));
    });
    const std::vector<Statement> statements = statements_of(blocks);
    aio::ms next{0};
    for (const Fails fails : p.rounds) {
        const Job job{p, fails}; // g++ 12 destroys a braced temporary in this co_await twice
        co_await play_round(statements, job);
        next += apart;
        co_await aio::sleep(next - aio::now());
    }
}

void run_script(std::uint64_t seed, std::vector<Block> blocks) {
    aio::run(play(std::move(blocks), draw(seed)));
}

} // namespace exercise
