// A database in a directory of its own, gone at the end of the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "audit/log/log.h"

namespace linkaudit::log {

class CaseFile {
 public:
  CaseFile() : directory_((std::filesystem::temp_directory_path() / "log-XXXXXX").string()) {
    if (::mkdtemp(directory_.data()) == nullptr) throw std::runtime_error("no temporary directory");
  }
  ~CaseFile() {
    std::error_code ignored;
    std::filesystem::permissions(directory_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(directory_, ignored);
  }
  CaseFile(const CaseFile&) = delete;
  CaseFile& operator=(const CaseFile&) = delete;

  const std::string& directory() const { return directory_; }
  std::string path() const { return directory_ + "/case.db"; }
  std::string beside(const std::string& suffix) const { return path() + suffix; }
  Log open() const { return Log::open(path()); }

 private:
  std::string directory_;
};

}  // namespace linkaudit::log
