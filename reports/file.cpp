#include "reports/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace linkaudit::reports {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
  throw std::runtime_error("cannot write " + path + ": " + reason);
}

[[noreturn]] void fail(const std::string& path, int error) {
  fail(path, std::strerror(error));
}

// Where the bytes really go.
std::string destination_of(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    if (fs::is_symlink(path, error)) fail(path, "it is a symbolic link that leads nowhere");
    return path;
  }
  if (status.type() == fs::file_type::directory) fail(path, "it is a directory");
  if (status.type() != fs::file_type::regular) {
    fail(path, status.type() == fs::file_type::none ? error.message() : "it is not a regular file");
  }
  const fs::path real = fs::canonical(path, error);
  if (error) fail(path, error.message());
  return real.string();
}

// An empty file of our own; removed at the end unless it has been renamed.
class Temporary {
 public:
  Temporary(const std::string& path, const std::string& destination) : path_(path) {
    for (int attempt = 0; attempt < 1000; ++attempt) {
      name_ = fmt::format("{}.{}-{}.tmp", destination, ::getpid(), attempt);
      const int file = ::open(name_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
      if (file >= 0) {
        struct stat old {};
        if (::stat(destination.c_str(), &old) == 0) static_cast<void>(::fchmod(file, old.st_mode & 07777));
        ::close(file);
        return;
      }
      if (errno != EEXIST) fail(path_, errno);
    }
    fail(path_, "too many temporary files beside it");
  }
  ~Temporary() {
    if (!renamed_) ::unlink(name_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  const std::string& name() const { return name_; }

  void rename_to(const std::string& destination) {
    const int file = ::open(name_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path_, errno);
    const int synced = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (synced != 0) fail(path_, synced);
    if (::rename(name_.c_str(), destination.c_str()) != 0) fail(path_, errno);
    renamed_ = true;
  }

 private:
  std::string path_, name_;
  bool renamed_ = false;
};

}  // namespace

void replace_file(const std::string& path, const std::function<void(const std::string&)>& write) {
  const std::string destination = destination_of(path);
  Temporary temporary(path, destination);
  try {
    write(temporary.name());
  } catch (const std::exception& error) {
    fail(path, error.what());
  }
  temporary.rename_to(destination);
}

void replace_file_by_stream(const std::string& path, const std::function<void(std::ostream&)>& write) {
  replace_file(path, [&](const std::string& temporary) {
    errno = 0;
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    write(out);
    out.close();
    if (!out) throw std::runtime_error(errno != 0 ? std::strerror(errno) : "the data could not be written");
  });
}

}  // namespace linkaudit::reports
