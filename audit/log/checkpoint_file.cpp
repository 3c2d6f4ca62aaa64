#include "audit/log/checkpoint_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

#include "audit/log/signed_note.h"

namespace linkaudit::log {
namespace {

[[noreturn]] void fail(const std::string& file, const char* what) {
  throw LogError(file + ": " + what + ": " + std::strerror(errno));
}

// Locked as long as it is open.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : OpenFile(path, path) {}
  // `shown`: its name in errors.
  OpenFile(const std::string& path, std::string shown) : path_(std::move(shown)) {
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(path_, "cannot be written");
    while (::flock(descriptor_, LOCK_EX) != 0) {
      if (errno != EINTR) fail(path_, "cannot be locked");
    }
  }
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::int64_t size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail(path_, "cannot be read");
    return status.st_size;
  }

  std::string read() const {
    std::string text(static_cast<std::size_t>(size()), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t count =
          ::pread(descriptor_, text.data() + done, text.size() - done, static_cast<std::int64_t>(done));
      if (count < 0 && errno != EINTR) fail(path_, "cannot be read");
      if (count == 0) break;
      if (count > 0) done += static_cast<std::size_t>(count);
    }
    text.resize(done);
    return text;
  }

  void write_at(std::int64_t at, std::string_view text) const {
    if (::ftruncate(descriptor_, at) != 0) fail(path_, "cannot be written");
    while (!text.empty()) {
      const ssize_t count = ::pwrite(descriptor_, text.data(), text.size(), at);
      if (count < 0 && errno != EINTR) fail(path_, "cannot be written");
      if (count <= 0) continue;
      text.remove_prefix(static_cast<std::size_t>(count));
      at += count;
    }
    if (::fsync(descriptor_) != 0) fail(path_, "cannot be written");
  }

 private:
  std::string path_;
  int descriptor_ = -1;
};

// So that the file's name lasts, too.
void sync_directory_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : file.substr(0, slash + 1);
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// A note is its text, an empty line, its signatures. The next one begins after another empty line.
std::size_t end_of_note(std::string_view text) {
  const std::size_t split = text.find("\n\n");
  const std::size_t end = split == std::string_view::npos ? split : text.find("\n\n", split + 2);
  return end == std::string_view::npos ? end : end + 1;
}

std::string missing_notes(const Log& log, const std::string& last) {
  const std::vector<KeptCheckpoint> all = checkpoints(log);
  const auto same = [&](const KeptCheckpoint& kept) { return kept.note == last; };
  auto from = std::find_if(all.begin(), all.end(), same);
  if (from != all.end()) {
    ++from;
  } else if (const auto note = signed_note_from(last); note) {
    const auto checkpoint = checkpoint_from(note->text);
    from = std::find_if(all.begin(), all.end(),
                        [&](const KeptCheckpoint& kept) { return checkpoint && kept.size > checkpoint->size; });
  } else {
    from = all.begin();
  }
  std::string text;
  for (; from != all.end(); ++from) text += from->note + '\n';
  return text;
}

// So that the file is never there without what it is to hold: one that is empty was truncated.
void make_whole(const Log& log, const std::string& file) {
  const std::string text = missing_notes(log, ""), temporary = file + ".new-" + std::to_string(::getpid());
  if (text.empty()) return;
  ::unlink(temporary.c_str());  // of a program that was killed
  try {
    OpenFile(temporary, file).write_at(0, text);
  } catch (const LogError&) {
    ::unlink(temporary.c_str());
    throw;
  }
  static_cast<void>(::link(temporary.c_str(), file.c_str()));  // of two, one is first
  ::unlink(temporary.c_str());
  sync_directory_of(file);
}

}  // namespace

std::string checkpoint_file_of(const std::string& database) {
  return database + ".checkpoints";
}

std::vector<std::string> notes_in(std::string_view text) {
  std::vector<std::string> notes;
  for (std::size_t end = 0; (end = end_of_note(text)) != std::string_view::npos;) {
    notes.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return notes;
}

std::string last_note_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::vector<std::string> notes = notes_in(text);
  return notes.empty() ? std::string() : notes.back();
}

void require_fit(const Log& log, const std::string& file, const std::string& note) {
  if (note.empty()) return;
  const auto parsed = signed_note_from(note);
  const auto last = parsed ? checkpoint_from(parsed->text) : std::nullopt;
  if (!last) throw LogError(file + ": does not end with a checkpoint");
  const std::string knows = file + ": knows a checkpoint of " + std::to_string(last->size) + " entries, ";
  if (last->size > log.size()) {
    throw LogRefused(
        knows + "but " + log.path() + " has only " + std::to_string(log.size()) +
        ": it was put back to an earlier state, or is another one; move this file away when that was meant");
  }
  if (log.root_at(last->size) != last->root) {
    throw LogRefused(knows + "but in " + log.path() + " these are others; move this file away when that was meant");
  }
}

std::optional<std::string> missing_in_file(const std::vector<KeptCheckpoint>& kept,
                                           const std::vector<std::string>& notes) {
  if (kept.empty()) return std::nullopt;
  if (notes.empty()) {
    return "holds no checkpoint, though " + std::to_string(kept.size()) + " were signed: it was truncated";
  }
  const std::set<std::string_view> filed(notes.begin(), notes.end());
  const KeptCheckpoint* missing = nullptr;
  for (const KeptCheckpoint& each : kept) {
    if (!filed.contains(each.note)) {
      if (missing == nullptr) missing = &each;
    } else if (missing != nullptr) {
      return "lacks checkpoint " + std::to_string(missing->number) + " of the log, though it holds a later one";
    }
  }
  return std::nullopt;
}

void write_checkpoints(const Log& log, const std::string& file) {
  if (::access(file.c_str(), F_OK) != 0) make_whole(log, file);
  const OpenFile open(file);
  const std::string text = open.read();
  const std::vector<std::string> notes = notes_in(text);
  std::size_t whole = 0;
  for (const std::string& note : notes) whole += note.size() + 1;
  if (!notes.empty()) require_fit(log, file, notes.back());
  const std::string missing = missing_notes(log, notes.empty() ? "" : notes.back());
  if (missing.empty() && whole == text.size()) return;
  open.write_at(static_cast<std::int64_t>(whole), missing);
  if (text.empty()) sync_directory_of(file);
}

}  // namespace linkaudit::log
