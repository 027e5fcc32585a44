// temp_dir.cpp: makes the directory of a run and removes it, whatever the run did to it.
#include "temp_dir.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace lab::judge {

namespace fs = std::filesystem;

TempDir::TempDir() {
    std::string name = (fs::temp_directory_path() / "lab-run-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw fs::filesystem_error("cannot make a temporary directory", name,
                                   std::error_code(errno, std::generic_category()));
    }
    path_ = name;
}

TempDir::~TempDir() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    if (!fs::exists(path_, ignored)) {
        return;
    }
    // A program may leave directories that nobody may enter; their owner may change that.
    fs::permissions(path_, fs::perms::owner_all, ignored);
    for (fs::recursive_directory_iterator at(path_, ignored), end; at != end;) {
        if (at->is_directory(ignored) && !at->is_symlink(ignored)) {
            fs::permissions(at->path(), fs::perms::owner_all, ignored);
        }
        at.increment(ignored);
        if (ignored) {
            break;
        }
    }
    fs::remove_all(path_, ignored);
}

} // namespace lab::judge
