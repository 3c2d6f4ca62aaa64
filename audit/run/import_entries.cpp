#include "audit/run/import_entries.h"

#include <deque>
#include <future>
#include <istream>
#include <iterator>
#include <unordered_set>
#include <vector>

#include "audit/log/interchange.h"

namespace linkaudit::run {
namespace {

constexpr std::size_t kLongestLine = 8U << 20U, kImportBatch = 1'000;

struct Line {
  std::int64_t number = 0;  // from 1
  std::string text;
};

struct ReadEntry {
  log::NewEntry entry;
  std::string identity;
};

std::vector<ReadEntry> read_batch(const std::vector<Line>& lines, const std::string& name, log::LineReader& reader) {
  std::vector<ReadEntry> entries;
  entries.reserve(lines.size());
  for (const Line& line : lines) {
    try {
      if (line.text.size() > kLongestLine) throw std::invalid_argument("is longer than any entry");
      log::NewEntry entry = reader.read(line.text);
      entries.push_back({std::move(entry), reader.identity()});
    } catch (const std::invalid_argument& error) {
      throw BadLine(name + ':' + std::to_string(line.number) + ": " + error.what());
    }
  }
  return entries;
}

// Lines that are empty are passed over.
std::vector<Line> take_batch(std::istream& lines, std::int64_t& number) {
  std::vector<Line> batch;
  for (std::string text; batch.size() < kImportBatch && std::getline(lines, text);) {
    if (++number; !text.empty()) batch.push_back({number, std::move(text)});
  }
  return batch;
}

// Gives the entries in their order, batch by batch. The next two batches are read on threads of their own meanwhile.
template <typename Each>
void for_each_batch(std::istream& lines, const std::string& name, const Each& each) {
  log::LineReader readers[2];
  std::deque<std::future<std::vector<ReadEntry>>> under_way;
  std::int64_t number = 0;
  std::size_t begun = 0;
  const auto begin_another = [&] {
    std::vector<Line> batch = take_batch(lines, number);
    if (batch.empty()) return;
    log::LineReader& reader = readers[begun++ % std::size(readers)];
    under_way.push_back(std::async(
        std::launch::async, [batch = std::move(batch), &name, &reader] { return read_batch(batch, name, reader); }));
  };
  for (std::size_t i = 0; i < std::size(readers); ++i) begin_another();
  while (!under_way.empty()) {
    std::vector<ReadEntry> batch = under_way.front().get();
    under_way.pop_front();
    begin_another();
    each(std::move(batch));
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
    if (batch_.size() == kImportBatch) write();
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
  for_each_batch(lines, name, [](const std::vector<ReadEntry>&) {});
  lines.clear();
  lines.seekg(0);
  Importer importer(log, now);
  for_each_batch(lines, name, [&](std::vector<ReadEntry> batch) {
    for (ReadEntry& each : batch) importer.take(std::move(each.entry), each.identity);
  });
  return importer.finish();
}

}  // namespace linkaudit::run
