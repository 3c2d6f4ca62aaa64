#include "tests/log/failing_vfs.h"

#include <cstring>

namespace linkaudit::log {
namespace {

// SQLite asks by C functions that get their file alone: what is to fail stands here, for the one that lives.
struct Plan {
  Fault fault{"", Fault::Call::any, SQLITE_OK};
  int left = 0;  // calls until it fails; 0: none is to fail
  bool from_then_on = false, failed = false;
};
Plan plan;
sqlite3_vfs* real = nullptr;

// What this call is to say; SQLITE_OK: let it through.
int asked(Fault::Call call) {
  if (plan.fault.code == SQLITE_OK || (plan.fault.call != call && plan.fault.call != Fault::Call::any))
    return SQLITE_OK;
  if (plan.failed) return plan.from_then_on ? plan.fault.code : SQLITE_OK;
  if (--plan.left > 0) return SQLITE_OK;
  plan.failed = true;
  return plan.fault.code;
}

// The real file lies behind ours in the room that SQLite gives.
struct File {
  sqlite3_file base;
  sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* ours(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* inner(sqlite3_file* file) {
  return ours(file)->inner();
}

int close(sqlite3_file* f) {
  return inner(f)->pMethods->xClose(inner(f));
}
int read(sqlite3_file* f, void* to, int count, sqlite3_int64 at) {
  if (const int code = asked(Fault::Call::read); code != SQLITE_OK) return code;
  return inner(f)->pMethods->xRead(inner(f), to, count, at);
}
int write(sqlite3_file* f, const void* from, int count, sqlite3_int64 at) {
  if (const int code = asked(Fault::Call::write); code != SQLITE_OK) {
    inner(f)->pMethods->xWrite(inner(f), from, count / 2, at);  // as a disk does that runs full: half of it
    return code;
  }
  return inner(f)->pMethods->xWrite(inner(f), from, count, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  if (const int code = asked(Fault::Call::truncate); code != SQLITE_OK) return code;
  return inner(f)->pMethods->xTruncate(inner(f), size);
}
int sync(sqlite3_file* f, int flags) {
  if (const int code = asked(Fault::Call::sync); code != SQLITE_OK) return code;
  return inner(f)->pMethods->xSync(inner(f), flags);
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  return inner(f)->pMethods->xFileSize(inner(f), size);
}
int lock(sqlite3_file* f, int level) {
  return inner(f)->pMethods->xLock(inner(f), level);
}
int unlock(sqlite3_file* f, int level) {
  return inner(f)->pMethods->xUnlock(inner(f), level);
}
int check_lock(sqlite3_file* f, int* held) {
  return inner(f)->pMethods->xCheckReservedLock(inner(f), held);
}
int control(sqlite3_file* f, int what, void* value) {
  return inner(f)->pMethods->xFileControl(inner(f), what, value);
}
int sector_size(sqlite3_file* f) {
  return inner(f)->pMethods->xSectorSize(inner(f));
}
int characteristics(sqlite3_file* f) {
  return inner(f)->pMethods->xDeviceCharacteristics(inner(f));
}
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** to) {
  return inner(f)->pMethods->xShmMap(inner(f), page, size, extend, to);
}
int shm_lock(sqlite3_file* f, int offset, int count, int flags) {
  return inner(f)->pMethods->xShmLock(inner(f), offset, count, flags);
}
void shm_barrier(sqlite3_file* f) {
  inner(f)->pMethods->xShmBarrier(inner(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
  return inner(f)->pMethods->xShmUnmap(inner(f), remove);
}

const sqlite3_io_methods kMethods = {
    2,         close,      read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_lock, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,    nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  ours(file)->base.pMethods = nullptr;
  if (const int code = asked(Fault::Call::open); code != SQLITE_OK) return code;
  const int code = real->xOpen(real, name, inner(file), flags, out);
  if (inner(file)->pMethods != nullptr) ours(file)->base.pMethods = &kMethods;
  return code;
}

}  // namespace

FailingVfs::FailingVfs() {
  real = sqlite3_vfs_find(nullptr);
  vfs_ = *real;
  vfs_.pNext = nullptr;
  vfs_.zName = "failing";
  vfs_.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
  vfs_.xOpen = open;
  heal();
  sqlite3_vfs_register(&vfs_, 1);
}

FailingVfs::~FailingVfs() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(real, 1);
}

void FailingVfs::fail(const Fault& fault, int nth, bool from_then_on) {
  plan = {fault, nth, from_then_on, false};
}

void FailingVfs::heal() {
  plan = {};
}

bool FailingVfs::failed() const {
  return plan.failed;
}

}  // namespace linkaudit::log
