// call: process-limit crashed timed-out
// Threads without end, none of which does anything.
#include <pthread.h>
#include <unistd.h>
static void* wait(void*) {
    for (;;) {
        pause();
    }
}
static void attack() {
    pthread_t thread;
    for (;;) {
        pthread_create(&thread, nullptr, wait, nullptr);
    }
}
