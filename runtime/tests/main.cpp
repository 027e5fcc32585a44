// main.cpp: doctest's main function, which skips all where AIO_SELECTOR names one that the kernel
// refuses.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <aio/selector.hpp>

#include <cstdio>
#include <system_error>

int main(int argc, char** argv) {
    try {
        aio::make_selector();
    } catch (const std::system_error& error) {
        std::printf("SKIPPED: no loop can be made here: %s\n", error.what());
        return 77; // CTest: SKIP_RETURN_CODE
    }
    return doctest::Context(argc, argv).run();
}
