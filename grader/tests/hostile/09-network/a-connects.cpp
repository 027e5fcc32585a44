// call: ended-early
// A server of this machine, and one of the world's.
#include <arpa/inet.h>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
static bool reaches(const char* host, int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<unsigned short>(port));
    inet_pton(AF_INET, host, &address.sin_addr);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}
static void attack() {
    if (!reaches("127.0.0.1", std::atoi("@PORT@")) && !reaches("1.1.1.1", 53)) {
        _exit(7);
    }
}
