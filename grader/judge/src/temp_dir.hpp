// temp_dir.hpp: a fresh directory that goes away with whatever was put into it.
#pragma once

#include <filesystem>

namespace lab::judge {

/// A new, empty directory for one run; removed with the object.
class TempDir {
public:
    /// Throws: std::filesystem::filesystem_error if no directory can be made.
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace lab::judge
