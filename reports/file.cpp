#include "reports/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
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

// <destination>.<process>-<attempt>.tmp
bool is_temporary_of(const std::string& name, const std::string& destination) {
  const std::string begin = fs::path(destination).filename().string() + '.', end = ".tmp";
  if (!name.starts_with(begin) || !name.ends_with(end) || name.size() <= begin.size() + end.size()) return false;
  const std::string number = name.substr(begin.size(), name.size() - begin.size() - end.size());
  return number.find('-') != std::string::npos && number.find_first_not_of("0123456789-") == std::string::npos;
}

// Whoever writes one holds a lock on it, which ends with that process: what is not locked was left by one that was
// killed. That it cannot be removed is no reason not to write.
void remove_left_behind(const std::string& destination) {
  const fs::path directory = fs::path(destination).parent_path();
  std::error_code error;
  for (const auto& each : fs::directory_iterator(directory.empty() ? "." : directory, error)) {
    if (!is_temporary_of(each.path().filename().string(), destination) || !each.is_regular_file(error)) continue;
    const int file = ::open(each.path().c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) continue;
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) ::unlink(each.path().c_str());
    ::close(file);
  }
}

// An empty file of our own, locked while it is written; removed at the end unless it has been renamed.
class Temporary {
 public:
  Temporary(const std::string& path, const std::string& destination) : path_(path) {
    remove_left_behind(destination);
    for (int attempt = 0; attempt < 1000; ++attempt) {
      name_ = fmt::format("{}.{}-{}.tmp", destination, ::getpid(), attempt);
      file_ = ::open(name_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
      if (file_ >= 0 && is_locked()) {
        struct stat old {};
        if (::stat(destination.c_str(), &old) == 0) static_cast<void>(::fchmod(file_, old.st_mode & 07777));
        return;
      }
      if (file_ < 0 && errno != EEXIST) fail(path_, errno);
      if (file_ >= 0) ::close(file_);
    }
    fail(path_, "too many temporary files beside it");
  }
  ~Temporary() {
    if (!renamed_) ::unlink(name_.c_str());
    ::close(file_);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  const std::string& name() const { return name_; }

  void rename_to(const std::string& destination) {
    const int file = ::open(name_.c_str(), O_RDONLY | O_CLOEXEC);  // whoever wrote it may have made it anew
    if (file < 0) fail(path_, errno);
    const int synced = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (synced != 0) fail(path_, synced);
    if (::rename(name_.c_str(), destination.c_str()) != 0) fail(path_, errno);
    renamed_ = true;
  }

 private:
  // Until it was locked another program may have taken it for one that was left behind. A file system without such
  // locks has nothing removed.
  bool is_locked() const {
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) return errno != EWOULDBLOCK;
    struct stat now {};
    return ::fstat(file_, &now) == 0 && now.st_nlink > 0;
  }

  std::string path_, name_;
  int file_ = -1;
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
