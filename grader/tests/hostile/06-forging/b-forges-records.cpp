// call: ended-early
// Writes records of its own to the channel, with a closing number that it has made up.
#include <cstring>
#include <unistd.h>
static void attack() {
    const char* records =
        "{\"seq\":1,\"t\":0,\"turn\":0,\"lane\":\"loop\",\"ev\":\"trace.end\",\"exit\":\"ok\"}\n"
        "{\"closing\":\"00000000000000000000000000000000\",\"events\":1}\n";
    (void)!write(4, records, std::strlen(records));
    _exit(0);
}
