#include "audit/log/log.h"

#include <sqlite3.h>

#include <filesystem>

#include "audit/log/appending.h"
#include "audit/log/blob_text.h"
#include "audit/log/create.h"
#include "audit/log/file_header.h"
#include "audit/log/log_state.h"
#include "audit/log/transact.h"

namespace linkaudit::log {
namespace {

// SQLite follows a link and keeps its files beside the target. So must the lock: one database has one.
std::string followed(const std::string& path) {
  std::filesystem::path file = path;
  std::error_code error;
  for (int links = 0; links < 40 && std::filesystem::is_symlink(file, error); ++links) {
    file = file.parent_path() / std::filesystem::read_symlink(file, error);
  }
  return file.string();
}

}  // namespace

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

Log Log::open(const std::string& given) {
  const std::string path = followed(given);
  look_at_file(path);
  WriterLock lock(path);
  Connection connection = [&] {
    const Locked locked(lock, path, kWriterPatience);
    return open_for_writing(path);
  }();
  return Log(std::make_unique<State>(path, std::move(connection), std::move(lock)));
}

Log Log::open_read_only(const std::string& given) {
  const std::string path = followed(given);
  switch (look_at_file(path)) {
    case FileState::absent: throw LogRefused(path + ": no such database");
    case FileState::empty: throw NotALog(path + ": is not a linkaudit database (it is empty)");
    case FileState::ours: break;
  }
  try {
    return Log(std::make_unique<State>(path, Connection::open(path, Access::read), std::nullopt));
  } catch (const LogInterrupted&) {
    open(path);  // rolls back what was killed, or says why it cannot
    return Log(std::make_unique<State>(path, Connection::open(path, Access::read), std::nullopt));
  }
}

std::vector<std::int64_t> Log::append(std::span<const NewEntry> entries, Instant recorded_at,
                                      std::span<const Blob> blobs, std::span<const SlotBlobs> slots) {
  return append_all(*state_, entries, recorded_at, blobs, slots);
}

void Log::rest() {
  forget(*state_);
  sqlite3_db_release_memory(state_->connection.database().getHandle());
}

std::int64_t Log::size() const {
  return guarded(path(), [&] { return state_->size(); });
}

Digest Log::root() const {
  return root_at(size());
}

Digest Log::root_at(std::int64_t size) const {
  if (size < 0 || size > this->size()) throw std::invalid_argument("the log has no tree of that size");
  return guarded(path(), [&] {
    std::vector<Digest> peaks;
    for (const NodePlace place : peaks_of(size)) peaks.push_back(state_->node(place));
    return root_of_peaks(state_->hasher, peaks);
  });
}

std::optional<Entry> Log::entry(std::int64_t seq) const {
  std::optional<Entry> found;
  for_each_entry(seq, seq, [&](const Entry& entry) {
    found = entry;
    return false;
  });
  return found;
}

void Log::for_each_entry(std::int64_t first, std::int64_t last, const std::function<bool(const Entry&)>& each) const {
  guarded(path(), [&] {
    // A statement of its own: `each` may ask this log for more.
    SQLite::Statement statement = state_->connection.statement(
        "SELECT seq, at, recorded_at, type, record, leaf FROM entry WHERE seq BETWEEN ? AND ? ORDER BY seq");
    Query row(statement);
    for (row.with(first, last); row.step();) {
      Entry entry;
      entry.seq = row.integer(0);
      const auto type = entry_type_from(row.text(3));
      const auto leaf = digest_from_bytes(row.bytes(5));
      if (!type || !leaf) throw LogDamaged(path() + ": entry " + std::to_string(entry.seq) + " is damaged");
      entry.at = instant_of(row.integer(1));
      entry.recorded_at = instant_of(row.integer(2));
      entry.type = *type;
      entry.leaf = *leaf;
      entry.record = state_->decoded(entry.seq, [&] { return state_->record(row.bytes(4)); });
      if (!each(entry)) return;
    }
  });
}

std::optional<std::string> Log::blob(const std::string& sha256) const {
  const auto digest = digest_from_hex(sha256);
  if (!digest) return std::nullopt;
  return guarded(path(), [&]() -> std::optional<std::string> {
    try {
      BlobTexts texts(*state_);
      const auto id = texts.find(*digest);
      auto bytes = id ? texts.text(*id) : std::nullopt;
      if (!bytes || state_->hasher(*bytes) == *digest) return bytes;
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const std::runtime_error&) {
      // Said below.
    }
    throw LogDamaged(path() + ": is damaged: blob " + sha256 + " has another content");
  });
}

const std::string& Log::path() const {
  return state_->path;
}
const std::string& Log::notice() const {
  return state_->connection.notice();
}
Log::State& Log::state() const {
  return *state_;
}

}  // namespace linkaudit::log
