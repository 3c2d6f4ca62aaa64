// Entries as lines of JSON, to go from one log to another: {"entry", "leaf", "record", "facts"}. `record` is the
// canonical JSON as it was hashed, `facts` that of the stable facts that it names; both texts. Evidence does not go
// with them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "audit/log/hash.h"
#include "audit/log/log.h"
#include "audit/log/record.h"

namespace linkaudit::log {

// Without the line's end; stops when `each` returns false.
void for_each_line(const Log& log, std::int64_t first, std::int64_t last,
                   const std::function<bool(const std::string& line)>& each);

// What a line holds, when all of it fits: the leaf hash is that of the record, the facts have their digest, and the
// record is one that this program would write in the same way (so nothing in it goes unread).
class LineReader {
 public:
  LineReader();
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // Throws std::invalid_argument saying what does not fit.
  NewEntry read(std::string_view line);
  // Of a line that was read so before, byte for byte: what was proved of its record is believed.
  NewEntry read_again(std::string_view line);

  // The record without the instant at which it was recorded, and whether evidence was kept with it: by it two logs know
  // the same entry.
  const std::string& identity() const { return identity_; }
  std::int64_t number() const { return number_; }  // the entry's in the log that it comes from, 0: not said

 private:
  const probes::Observation& facts(const Digest& digest, const std::string& text);
  NewEntry read(std::string_view line, bool proved);
  NewEntry content(const std::string& record, const std::string& facts_text, RecordHead& head);

  struct Parser;
  std::unique_ptr<Parser> parser_;
  Hasher hasher_;
  std::string identity_;
  std::int64_t number_ = 0;
  std::unordered_map<std::string, probes::Observation> known_;  // facts by their text: they repeat
};

// The log's entry of this type, instant and identity, if it has one.
std::optional<std::int64_t> entry_of(const Log& log, EntryType type, Instant at, std::string_view identity);
std::string identity_of(const NewEntry& entry);
EntryType type_of(const NewEntry& entry);
Instant instant_of(const NewEntry& entry);

}  // namespace linkaudit::log
