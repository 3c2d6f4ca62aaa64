// The records of a WARC file (ISO 28500:2017), each by itself.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkaudit::bundle {

struct WarcRecord {
  std::vector<std::pair<std::string_view, std::string_view>> fields;  // in their order
  std::string_view block, whole;

  std::string_view field(std::string_view name) const;  // the first of this name; "" when it has none
};

// Views into `warc`. Throws Misfit when it is no sequence of whole records.
std::vector<WarcRecord> warc_records(std::string_view warc);

// Throws Misfit naming the first record of `found` that is not what `made` has in its place.
void require_same_records(const std::vector<WarcRecord>& found, const std::vector<WarcRecord>& made);

[[noreturn]] void refuse_warc(const std::string& what);  // throws Misfit

}  // namespace linkaudit::bundle
