// call: ended-early
// Shared memory and message queues outlive a process, but not a namespace.
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>
static void attack() {
    if (shmget(0x1ab, 4096, 0) >= 0) {
        return; // one of the runs before has left it
    }
    shmget(0x1ab, 4096, IPC_CREAT | 0666);
    _exit(7);
}
