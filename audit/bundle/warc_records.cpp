#include "audit/bundle/warc_records.h"

#include <algorithm>
#include <charconv>

#include "audit/bundle/parts.h"

namespace linkaudit::bundle {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n", kFirstLine = "WARC/1.1\r\n";

std::size_t length_from(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) refuse_warc("a number is none");
  return number;
}

WarcRecord take_record(std::string_view& warc) {
  const std::size_t end = warc.find(kEndOfHead);
  if (!warc.starts_with(kFirstLine) || end == std::string_view::npos) refuse_warc("a record has no head");
  WarcRecord record;
  std::string_view head = warc.substr(kFirstLine.size(), end + 2 - kFirstLine.size());  // with its last line's end
  while (!head.empty()) {
    const std::size_t line = head.find("\r\n"), colon = head.find(": ");
    if (colon == std::string_view::npos || colon > line) refuse_warc("a field is none");
    record.fields.emplace_back(head.substr(0, colon), head.substr(colon + 2, line - colon - 2));
    head.remove_prefix(line + 2);
  }
  const std::size_t begin = end + kEndOfHead.size(), length = length_from(record.field("Content-Length"));
  if (length > warc.size() - begin || warc.substr(begin + length, kEndOfHead.size()) != kEndOfHead) {
    refuse_warc("a record is cut short");
  }
  record.block = warc.substr(begin, length);
  record.whole = warc.substr(0, begin + length);
  warc.remove_prefix(begin + length + kEndOfHead.size());
  return record;
}

// The first field in which they differ; one that only names records, made of the others, when there is no other.
std::string difference(const WarcRecord& found, const WarcRecord& made) {
  std::string names_only = "WARC-Record-ID";
  for (std::size_t i = 0; i < std::max(found.fields.size(), made.fields.size()); ++i) {
    if (i < std::min(found.fields.size(), made.fields.size()) && found.fields[i] == made.fields[i]) continue;
    const std::string name((i < made.fields.size() ? made : found).fields[i].first);
    if (!name.ends_with("-ID") && !name.ends_with("-To")) return name;
    names_only = name;
  }
  return names_only;
}

}  // namespace

std::string_view WarcRecord::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.first == name; });
  return found == fields.end() ? std::string_view() : found->second;
}

std::vector<WarcRecord> warc_records(std::string_view warc) {
  std::vector<WarcRecord> records;
  while (!warc.empty()) records.push_back(take_record(warc));
  return records;
}

void require_same_records(const std::vector<WarcRecord>& found, const std::vector<WarcRecord>& made) {
  for (std::size_t i = 0; i < made.size(); ++i) {
    const std::string type(made[i].field("WARC-Type"));
    const auto is_found = [&](const WarcRecord& record) { return i < found.size() && record.whole == found[i].whole; };
    const bool is_next = std::any_of(made.begin() + static_cast<std::ptrdiff_t>(i) + 1, made.end(), is_found);
    if (i >= found.size() || found[i].field("WARC-Type") != type || is_next) {
      refuse_warc("a " + type + " of " + std::string(made[i].field("WARC-Target-URI")) + " at " +
                  std::string(made[i].field("WARC-Date")) + " is missing");
    }
    if (found[i].whole == made[i].whole) continue;
    refuse_warc(std::string(found[i].field("WARC-Record-ID")) + ": " + difference(found[i], made[i]) +
                " is not what its manifest says");
  }
  if (found.size() > made.size()) {
    refuse_warc(std::string(found[made.size()].field("WARC-Record-ID")) + " follows from no manifest");
  }
}

void refuse_warc(const std::string& what) {
  throw Misfit("evidence.warc: " + what);
}

}  // namespace linkaudit::bundle
