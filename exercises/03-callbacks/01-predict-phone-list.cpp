// 03-callbacks/01 predict-phone-list: say who is phoned, in which order.
// Read lessons/03-callbacks first. Edit only this file. Check it:  ./lab check 03-1
//
// Read this program, lessons/03-callbacks/phone_list.cpp. Do not run it first.
//
//   Coro<> actor(std::string name, Future<int> part) {
//     int scene = co_await part;
//     say("{}: {}", name, scene);
//   }
//   Coro<> async_main() {
//     EventLoop& loop = get_running_loop();
//     Future<int> part = loop.create_future<int>();
//     Task<> uma = create_task(actor("Uma", part));
//     Task<> vic = create_task(actor("Vic", part));
//     part.add_done_callback([](Future<int> f) { say("Ann: {}", f.result()); });
//     co_await sleep(0ms);
//     part.add_done_callback([](Future<int> f) { say("Bob: {}", f.result()); });
//     say("before set");
//     part.set_result(7);
//     loop.call_soon([] { say("Sam: soon"); });
//     part.add_done_callback([](Future<int> f) { say("Liz: {}", f.result()); });
//     say("after set");
//     co_await uma;
//     co_await vic;
//     say("all know");
//   }
//
// Write the function that returns its transcript for other names and numbers. The first
// of p.early is added before the sleep, as Ann is, and all the others behind it, as Bob
// is; there is always a first one. p.waiters are the actors, one task each, created and
// awaited in this order. p.late, p.soon and p.value stand for Liz, Sam and 7.
//
// The line with call_soon stands directly behind set_result if p.value is odd, as here,
// and directly before set_result if p.value is even. In some cases the line that adds
// p.late stands behind say("after set"); find out why nobody has to tell your function
// about that. The first case that is checked is the program as it stands, and it prints
// nine lines.
//
// No time passes in this program, so a Sheet keeps the order in which you state the
// facts. One fact is one line; this one is  [    0] Ann: 7  in the first case:
//   s.at(0ms, p.early[0] + ": " + std::to_string(p.value));
//
// Rules you need: R2 (tasks start later), R3 (awaiting), R4 (completion schedules),
// R5 (a turn).
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, "before set");
    // TODO(1): what else does main say before it gives the hands away, and may anybody
    // speak in between?
    // TODO(2): who stands on the future's list when it is completed, in which order?
    // TODO(3): where do p.soon and p.late join the ready queue, and who comes last?
    s.at(0ms, p.soon + ": soon");
    return s.transcript();
}
