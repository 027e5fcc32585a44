// call: ended-early
// Writes to the program, the libraries, the course, the jobs of others.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
static void attack() {
    for (const char* path :
         {"/lab-box/program", "/lab-box/init", "/proc/self/exe", "/lib/x86_64-linux-gnu/libc.so.6",
          "@OUTSIDE@", "@ROOT@/README.md", "@STAGE@/jobs/lab-was-here",
          "/proc/sys/kernel/core_pattern", "/sys/fs/cgroup/cgroup.procs", "/etc/ld.so.cache",
          "/dev/lab-was-here"}) {
        if (open(path, O_WRONLY | O_CREAT, 0666) >= 0 || chmod(path, 0666) == 0) {
            return;
        }
    }
    _exit(7);
}
