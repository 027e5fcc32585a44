// 04-executors/03 fix-blocking-handler: a chat server whose heartbeat stumbles.
// Read lessons/04-executors first. Edit only this file. Check it:  ./lab check 04-3
//
// A chat server makes a task of on_message(client, size) whenever a client sends an
// image. The handler resizes the image, looks up the client's name and replies. While
// it resizes, nobody else is served, and the server's heartbeat is late. Fix the
// handler:
//   - the heartbeat, due every 20 ms, is never more than 20 ms late
//   - each client gets its replies in the order of its messages
//   - no more than four images are in work at once: the machine has four cores
//   - nobody waits for another client: with fewer than four images in work, an image is
//     begun as soon as its client's earlier messages have been answered (or before
//     that, if the replies keep their order), and a reply goes out when all is there
//     for it
//
// resize_image(size) is given. It blocks for `size` ms, from 40 to 400, and returns the
// new size. lookup(client) is given too. It waits, without blocking, and returns the
// name; the first look-up of a client takes longer than the later ones. Variables
// outside of the function may remember things from message to message. The checker says
// "heartbeat N ms late" when it is, and in the end "server closed".
//
// Ada sends an image of 380 at 0, Bob one of 200 at 10, Ada one of 60 at 20, Cleo one
// of 250 at 30, Dan one of 150 at 40, and Eve one of 180 at 50. If Ada's second image
// is begun when she has got her first reply, the transcript is
//   [  300] Dan: image of 15 KB
//   [  320] Bob: image of 20 KB
//   [  410] Cleo: image of 25 KB
//   [  490] Eve: image of 18 KB
//   [  500] Ada: image of 38 KB
//   [  580] Ada: image of 6 KB
//   [ 1900] server closed
//
// Rules you need: R8 (delays are minimums), R9 (workers).
#include <aio/lab.hpp>
using namespace aio;

int resize_image(int size);           // given, blocks
Coro<std::string> lookup(int client); // given

/// Replies to one message: resizes its image, and says so with the client's name.
Coro<> on_message(int client, int size) {
    // TODO(1): which of these lines lets time pass, and in whose hands?
    const int small = resize_image(size);
    const std::string name = co_await lookup(client);
    // TODO(2): when images are resized next door, who may come here before whom?
    say("{}: image of {} KB", name, small);
}
