// Runs the built program as a user would, in a directory of its own.
#pragma once

#include <string>
#include <vector>

namespace linkaudit::tests {

struct Ran {
  int code = -1;  // exit code; 128 + signal when killed
  std::string out, err;
};

// A directory that is removed with all that it holds.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;

  // The program with these arguments, its working directory here.
  Ran linkaudit(const std::vector<std::string>& arguments) const;
  // Any other program, found on PATH.
  Ran run(const std::vector<std::string>& command) const;

 private:
  std::string path_;
};

}  // namespace linkaudit::tests
