#include "audit/bundle/parts.h"

#include <algorithm>
#include <array>

namespace linkaudit::bundle {
namespace {

constexpr std::array<std::string_view, 11> kSingle = {
    "README.txt",     "verify.py",       "finding.json", "catalog.yaml",
    "checkpoint.txt", "public-keys.txt", "proofs.json",  "not-kept.json",
    "evidence.warc",  kManifest,         kSeal,
};
constexpr const char* kOptional = "evidence.warc";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_number(std::string_view text) {  // as entries are numbered: from 1, without leading zeroes
  return !text.empty() && text.front() != '0' && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_hex_digest(std::string_view text) {
  return log::digest_from_hex(text).has_value();
}

// The middle of a name with these ends, "" when it has others.
std::string_view between(std::string_view name, std::string_view front, std::string_view back) {
  if (name.size() < front.size() + back.size() || !name.starts_with(front) || !name.ends_with(back)) return {};
  return name.substr(front.size(), name.size() - front.size() - back.size());
}

}  // namespace

bool is_part_name(std::string_view name) {
  return std::find(kSingle.begin(), kSingle.end(), name) != kSingle.end() ||
         is_number(between(name, "entries/", ".json")) || is_hex_digest(between(name, "facts/", ".json")) ||
         is_hex_digest(between(name, "screenshots/", "")) || is_hex_digest(between(name, "heads/", "")) ||
         is_number(between(name, "hand-overs/", ".txt")) || is_number(between(name, "timestamps/", ".tsq")) ||
         is_number(between(name, "timestamps/", ".tsr"));
}

void require_parts(const Parts& parts) {
  if (!parts.contains(kSeal)) throw Misfit("manifest.note is missing: nobody signed what is in here");
  for (const std::string_view name : kSingle) {
    if (name != kOptional) static_cast<void>(part_of(parts, std::string(name)));
  }
}

std::string heads_part(const std::string& sha256) {
  return "heads/" + sha256;
}

std::string entry_part(std::int64_t entry) {
  return "entries/" + std::to_string(entry) + ".json";
}

std::string manifest_line(log::Hasher& hasher, const std::string& name, std::string_view bytes) {
  return log::to_hex(hasher(bytes)) + "  " + name + '\n';
}

const std::string& part_of(const Parts& parts, const std::string& name) {
  const auto found = parts.find(name);
  if (found == parts.end()) throw Misfit(name + " is missing");
  return found->second;
}

}  // namespace linkaudit::bundle
