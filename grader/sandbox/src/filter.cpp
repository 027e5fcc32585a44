// filter.cpp: a seccomp program, written by hand: load the number, compare, refuse.
//
// It refuses what widens the kernel's surface and what no lesson uses (io_uring among it: the
// runtime's third selector asks for it by name only). clone3 hides its flags from a filter, so it
// "does not exist", and the C library takes clone.
#include "filter.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace lab::box {

#if defined(__x86_64__)
constexpr unsigned machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned machine = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned machine = 0;
#endif

namespace {

constexpr std::array refused{SYS_ptrace,
                             SYS_process_vm_readv,
                             SYS_process_vm_writev,
                             SYS_mount,
                             SYS_umount2,
                             SYS_pivot_root,
                             SYS_chroot,
                             SYS_setns,
                             SYS_unshare,
                             SYS_keyctl,
                             SYS_add_key,
                             SYS_request_key,
                             SYS_bpf,
                             SYS_perf_event_open,
                             SYS_userfaultfd,
                             SYS_kexec_load,
                             SYS_init_module,
                             SYS_finit_module,
                             SYS_delete_module,
                             SYS_io_uring_setup,
                             SYS_open_by_handle_at,
                             SYS_name_to_handle_at,
                             SYS_fsopen,
                             SYS_move_mount,
                             SYS_open_tree,
                             SYS_fanotify_init,
                             SYS_quotactl,
                             SYS_swapon,
                             SYS_acct,
                             SYS_reboot,
                             SYS_pidfd_getfd};

constexpr unsigned namespaces = CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET |
                                CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

using Program = std::vector<sock_filter>;

void load(Program& program, std::size_t offset) {
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset)));
}

void answer(Program& program, unsigned with) { program.push_back(BPF_STMT(BPF_RET | BPF_K, with)); }

void unless_equal_skip(Program& program, unsigned value, unsigned char skipped) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped));
}

constexpr unsigned refuse(int error) { return SECCOMP_RET_ERRNO | static_cast<unsigned>(error); }

Program make_program() {
    constexpr std::size_t first_argument = offsetof(seccomp_data, args); // its low half
    Program program;
    load(program, offsetof(seccomp_data, arch));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, machine, 1, 0));
    answer(program, SECCOMP_RET_KILL_PROCESS); // 32-bit calls have other numbers
    load(program, offsetof(seccomp_data, nr));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1)); // and so has x32
    answer(program, refuse(ENOSYS));
    for (const long number : refused) {
        unless_equal_skip(program, static_cast<unsigned>(number), 1);
        answer(program, refuse(EPERM));
    }
    unless_equal_skip(program, SYS_clone3, 1);
    answer(program, refuse(ENOSYS));
    unless_equal_skip(program, SYS_clone, 4);
    load(program, first_argument);
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, namespaces, 0, 1));
    answer(program, refuse(EPERM));
    answer(program, SECCOMP_RET_ALLOW);
    unless_equal_skip(program, SYS_socket, 5);
    load(program, first_argument);
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 3, 0));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 2, 0));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 1, 0));
    answer(program, refuse(EAFNOSUPPORT));
    answer(program, SECCOMP_RET_ALLOW);
    return program;
}

} // namespace

bool set_filter() {
    if (machine == 0) {
        errno = ENOSYS;
        return false;
    }
    Program program = make_program();
    sock_fprog all{static_cast<unsigned short>(program.size()), program.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all, 0, 0) == 0;
}

} // namespace lab::box
