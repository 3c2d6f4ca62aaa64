#include "audit/bundle/verify_warc.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "audit/bundle/parts.h"
#include "audit/bundle/strict_json.h"
#include "audit/log/hash.h"

namespace linkaudit::bundle {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n", kDigest = "sha256:";

[[noreturn]] void misfit(const std::string& what) {
  throw Misfit("evidence.warc: " + what);
}

std::int64_t number_from(std::string_view text) {
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) misfit("a number is none");
  return number;
}

struct Record {
  std::map<std::string, std::string, std::less<>> fields;
  std::string_view block;

  std::string_view field(std::string_view name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
  }
};

// Takes one record off the file.
Record take_record(std::string_view& warc) {
  const std::size_t end = warc.find(kEndOfHead);
  if (!warc.starts_with("WARC/1.1\r\n") || end == std::string_view::npos) misfit("a record has no head");
  Record record;
  std::string_view head = warc.substr(10, end - 8);  // with the line end of its last line
  while (!head.empty()) {
    const std::size_t line = head.find("\r\n"), colon = head.find(": ");
    if (colon == std::string_view::npos || colon > line) misfit("a field is none");
    record.fields.emplace(head.substr(0, colon), head.substr(colon + 2, line - colon - 2));
    head.remove_prefix(line + 2);
  }
  warc.remove_prefix(end + kEndOfHead.size());
  const auto length = static_cast<std::size_t>(number_from(record.field("Content-Length")));
  if (length > warc.size() || warc.substr(length, kEndOfHead.size()) != kEndOfHead) misfit("a record is cut short");
  record.block = warc.substr(0, length);
  warc.remove_prefix(length + kEndOfHead.size());
  return record;
}

// Every value of a member "sha256".
void collect_digests(std::string_view manifest, std::set<std::string, std::less<>>& digests) {
  constexpr std::string_view kMember = "\"sha256\":\"";
  for (std::size_t at = manifest.find(kMember); at != std::string_view::npos; at = manifest.find(kMember, at + 1)) {
    digests.emplace(manifest.substr(at + kMember.size(), 64));
  }
}

// The bodies that a manifest says were received; without content there is nothing to keep of one.
void collect_bodies(std::string_view manifest, std::set<std::string, std::less<>>& bodies) {
  const nlohmann::json document = strict_json("evidence.warc", manifest);
  for (const auto& leg : document.at("legs")) {
    for (const auto& exchange : leg.at("exchanges")) {
      if (!exchange.contains("body") || exchange.at("body").at("bytes") == 0) continue;
      bodies.insert(exchange.at("body").at("sha256").get<std::string>());
    }
  }
}

}  // namespace

void verify_warc(std::string_view warc, std::map<std::int64_t, std::string>& committed) {
  log::Hasher hasher;
  std::set<std::string, std::less<>> named, bodies, payloads;
  while (!warc.empty()) {
    const Record record = take_record(warc);
    const std::string digest = log::to_hex(hasher(record.block));
    const std::string which(record.field("WARC-Record-ID"));
    if (record.field("WARC-Block-Digest") != std::string(kDigest) + digest) misfit(which + " has another block digest");
    if (record.field("WARC-Type") == "response") {
      const std::size_t head = record.block.find(kEndOfHead);
      if (head == std::string_view::npos) misfit(which + " has no end of its head");
      const std::string payload = log::to_hex(hasher(record.block.substr(head + kEndOfHead.size())));
      if (record.field("WARC-Payload-Digest") != std::string(kDigest) + payload) {
        misfit(which + " has another payload digest");
      }
      if (record.block.size() > head + kEndOfHead.size()) payloads.insert(payload);
    }
    if (record.field("Linkaudit-Entry").empty()) continue;
    const auto entry = committed.find(number_from(record.field("Linkaudit-Entry")));
    if (entry == committed.end() || entry->second != digest) misfit(which + " is not what its entry commits to");
    committed.erase(entry);
    collect_digests(record.block, named);
    collect_bodies(record.block, bodies);
  }
  const auto within = [](const auto& few, const auto& all) {
    return std::includes(all.begin(), all.end(), few.begin(), few.end());
  };
  if (!within(payloads, named)) misfit("no manifest names a payload");
  if (!within(bodies, payloads)) misfit("a payload that a manifest names is missing");
}

}  // namespace linkaudit::bundle
