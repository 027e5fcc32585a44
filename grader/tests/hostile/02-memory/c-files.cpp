// call: ended-early output-limit
// Fills the folder for work: whoever gets past 100 MiB may go on to be right.
#include <fcntl.h>
#include <string>
#include <unistd.h>
static void attack() {
    const std::string block(1 << 20, 'x');
    for (int i = 0; i < 100; ++i) {
        const int fd = open(("fill-" + std::to_string(i)).c_str(), O_WRONLY | O_CREAT, 0600);
        if (fd < 0 || write(fd, block.data(), block.size()) != static_cast<ssize_t>(block.size())) {
            _exit(7);
        }
        close(fd);
    }
}
