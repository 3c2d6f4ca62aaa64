// A file system that fails on demand, between SQLite and the real one (https://www.sqlite.org/vfs.html). While it
// lives it is SQLite's default: every file that is opened then goes through it.
#pragma once

#include <sqlite3.h>

#include <string>
#include <vector>

namespace linkaudit::log {

// What a call to the file system does, and what it then says.
struct Fault {
  enum class Call { write, sync, truncate, read, open, any };
  const char* name;
  Call call;
  int code;  // SQLITE_FULL, SQLITE_IOERR_FSYNC ...
};

class FailingVfs {
 public:
  FailingVfs();
  ~FailingVfs();
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;

  // The nth call of this kind from here on fails (from 1), and when `from_then_on` all later ones, too.
  void fail(const Fault& fault, int nth, bool from_then_on);
  void heal();
  bool failed() const;  // since fail()

 private:
  sqlite3_vfs vfs_{};
};

}  // namespace linkaudit::log
