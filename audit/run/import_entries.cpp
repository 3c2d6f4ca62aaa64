#include "audit/run/import_entries.h"

#include <istream>
#include <unordered_set>
#include <vector>

#include "audit/log/interchange.h"

namespace linkaudit::run {
namespace {

constexpr std::size_t kLongestLine = 8U << 20U, kEntriesAtOnce = 1'000;

// Gives each line with its entry; lines that are empty are passed over.
template <typename Each>
void for_each_entry(std::istream& lines, const std::string& name, const Each& each) {
  log::LineReader reader;
  std::string line;
  std::int64_t number = 0;
  while (std::getline(lines, line)) {
    ++number;
    if (line.empty()) continue;
    try {
      if (line.size() > kLongestLine) throw std::invalid_argument("is longer than any entry");
      each(reader.read(line), reader.identity());
    } catch (const std::invalid_argument& error) {
      throw BadLine(name + ':' + std::to_string(number) + ": " + error.what());
    }
  }
  if (lines.bad()) throw BadLine(name + ": cannot be read");
}

class Importer {
 public:
  Importer(log::Log& log, log::Instant now) : log_(log), now_(now) {}

  void take(log::NewEntry entry, const std::string& identity) {
    const log::EntryType type = log::type_of(entry);
    if (batch_identities_.contains(identity) || log::has_entry(log_, type, log::instant_of(entry), identity)) {
      ++counts_.known;
      return;
    }
    batch_identities_.insert(identity);
    batch_.push_back(std::move(entry));
    if (batch_.size() == kEntriesAtOnce) write();
  }

  Imported finish() {
    write();
    return counts_;
  }

 private:
  void write() {
    if (batch_.empty()) return;
    for (const std::int64_t number : log_.append(batch_, now_)) ++(number == 0 ? counts_.known : counts_.added);
    batch_.clear();
    batch_identities_.clear();
  }

  log::Log& log_;
  log::Instant now_;
  Imported counts_;
  std::vector<log::NewEntry> batch_;
  std::unordered_set<std::string> batch_identities_;
};

}  // namespace

Imported import_entries(std::istream& lines, const std::string& name, log::Log& log, log::Instant now) {
  for_each_entry(lines, name, [](const log::NewEntry&, const std::string&) {});
  lines.clear();
  lines.seekg(0);
  Importer importer(log, now);
  for_each_entry(lines, name,
                 [&](log::NewEntry entry, const std::string& identity) { importer.take(std::move(entry), identity); });
  return importer.finish();
}

}  // namespace linkaudit::run
