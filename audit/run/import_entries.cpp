#include "audit/run/import_entries.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <future>
#include <istream>
#include <iterator>
#include <map>
#include <unordered_map>
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
  std::int64_t number = 0;  // in the other log
  std::string identity;
  std::int64_t line = 0;
};

std::vector<ReadEntry> read_batch(const std::vector<Line>& lines, const std::string& name, log::LineReader& reader,
                                  bool again) {
  std::vector<ReadEntry> entries;
  entries.reserve(lines.size());
  for (const Line& line : lines) {
    try {
      if (line.text.size() > kLongestLine) throw std::invalid_argument("is longer than any entry");
      log::NewEntry entry = again ? reader.read_again(line.text) : reader.read(line.text);
      entries.push_back({std::move(entry), reader.number(), reader.identity(), line.number});
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

// Of the bytes of a batch: to see that the file has not changed since it was checked.
std::size_t mark_of(const std::vector<Line>& batch) {
  std::size_t mark = 0;
  for (const Line& line : batch) mark = mark * 31 + std::hash<std::string>()(line.text);
  return mark;
}

// Gives the entries in their order, batch by batch. The next two batches are read on threads of their own meanwhile.
// `marks` are filled the first time; a batch that still has its mark the second time is not checked again.
template <typename Each>
void for_each_batch(std::istream& lines, const std::string& name, std::vector<std::size_t>& marks, const Each& each) {
  log::LineReader readers[2];
  std::deque<std::future<std::vector<ReadEntry>>> under_way;
  std::int64_t number = 0;
  std::size_t begun = 0;
  const auto begin_another = [&] {
    std::vector<Line> batch = take_batch(lines, number);
    if (batch.empty()) return;
    const std::size_t mark = mark_of(batch);
    const bool again = begun < marks.size() && marks[begun] == mark;
    if (begun >= marks.size()) marks.push_back(mark);
    log::LineReader& reader = readers[begun++ % std::size(readers)];
    under_way.push_back(std::async(std::launch::async, [batch = std::move(batch), &name, &reader, again] {
      return read_batch(batch, name, reader, again);
    }));
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

// Looks at all lines before the first is written. An annotation names an entry by the number that it has in the other
// log: that must be on a line before.
class Check {
 public:
  void take(const log::NewEntry& entry, std::int64_t number, std::int64_t line) {
    if (number != 0 && last_ != 0 && number != last_ + 1 && break_.empty()) {
      break_ = "; entry " + std::to_string(number) + " stands behind entry " + std::to_string(last_) + " on line " +
               std::to_string(line) + ", so lines are missing or out of order";
    }
    if (const auto* said = std::get_if<log::Annotation>(&entry)) {
      note(said->about);
      if (said->replacement != 0) note(said->replacement);
    }
    if (number == 0) return;
    last_ = number;
    add(number);
  }

  std::unordered_set<std::int64_t> take_named() { return std::move(named_); }

 private:
  // As stretches without gaps, of which there is one when nothing is missing.
  void add(std::int64_t number) {
    const auto behind = seen_.upper_bound(number);
    if (behind != seen_.begin() && std::prev(behind)->second >= number - 1) {
      auto& last = std::prev(behind)->second;
      last = std::max(last, number);
    } else {
      seen_.emplace(number, number);
    }
  }

  bool has(std::int64_t number) const {
    const auto behind = seen_.upper_bound(number);
    return behind != seen_.begin() && std::prev(behind)->second >= number;
  }

  void note(std::int64_t entry) {
    if (!has(entry)) {
      throw std::invalid_argument("speaks of entry " + std::to_string(entry) + ", which is on no line before it" +
                                  break_);
    }
    named_.insert(entry);
  }

  std::int64_t last_ = 0;
  std::map<std::int64_t, std::int64_t> seen_;  // first -> last
  std::string break_;                          // where the first one is missing or out of order, in words
  std::unordered_set<std::int64_t> named_;
};

class Importer {
 public:
  // `named` are the entries, by their numbers in the other log, whose numbers here will be asked for.
  Importer(log::Log& log, log::Instant now, const std::unordered_set<std::int64_t>& named)
      : log_(log), now_(now), named_(named) {}

  void take(log::NewEntry entry, std::int64_t number, std::string identity) {
    if (auto* said = std::get_if<log::Annotation>(&entry)) {
      write();  // what it is about may be among what waits
      said->about = here_.at(said->about);
      if (said->replacement != 0) said->replacement = here_.at(said->replacement);
      identity = log::identity_of(entry);
    }
    if (batch_identities_.contains(identity)) write();
    if (const auto known = log::entry_of(log_, log::type_of(entry), log::instant_of(entry), identity)) {
      ++counts_.known;
      if (named_.contains(number)) here_[number] = *known;
      return;
    }
    batch_identities_.insert(std::move(identity));
    batch_.push_back(std::move(entry));
    batch_numbers_.push_back(number);
    if (batch_.size() == kImportBatch) write();
  }

  Imported finish() {
    write();
    return counts_;
  }

 private:
  void write() {
    if (batch_.empty()) return;
    const std::vector<std::int64_t> given = log_.append(batch_, now_);
    for (std::size_t i = 0; i < given.size(); ++i) {
      ++(given[i] == 0 ? counts_.known : counts_.added);
      if (named_.contains(batch_numbers_[i])) here_[batch_numbers_[i]] = given[i];
    }
    batch_.clear();
    batch_numbers_.clear();
    batch_identities_.clear();
  }

  log::Log& log_;
  log::Instant now_;
  const std::unordered_set<std::int64_t>& named_;
  Imported counts_;
  std::vector<log::NewEntry> batch_;
  std::vector<std::int64_t> batch_numbers_;
  std::unordered_set<std::string> batch_identities_;
  std::unordered_map<std::int64_t, std::int64_t> here_;  // numbers in the other log -> in this one
};

}  // namespace

CheckedEntries check_entries(std::istream& lines, const std::string& name) {
  Check check;
  std::vector<std::size_t> marks;
  for_each_batch(lines, name, marks, [&](const std::vector<ReadEntry>& batch) {
    for (const ReadEntry& each : batch) {
      try {
        check.take(each.entry, each.number, each.line);
      } catch (const std::invalid_argument& error) {
        throw BadLine(name + ':' + std::to_string(each.line) + ": " + error.what());
      }
    }
  });
  return {std::move(marks), check.take_named()};
}

Imported import_entries(std::istream& lines, const std::string& name, CheckedEntries checked, log::Log& log,
                        log::Instant now) {
  lines.clear();
  lines.seekg(0);
  Importer importer(log, now, checked.named);
  for_each_batch(lines, name, checked.marks, [&](std::vector<ReadEntry> batch) {
    for (ReadEntry& each : batch) importer.take(std::move(each.entry), each.number, std::move(each.identity));
  });
  return importer.finish();
}

}  // namespace linkaudit::run
