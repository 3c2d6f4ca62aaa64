#include "audit/log/blob_text.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace linkaudit::log {
namespace {

constexpr int kDeepest = 4;  // a manifest, its header blocks, what they are packed after; no cycle comes through
constexpr std::size_t kMostBasesBytes = std::size_t{4} << 20;

constexpr std::size_t kDigits = 64;

// With the digests of one list in the places of those of the other.
std::string exchanged(const std::string& text, const std::vector<std::string>& old,
                      const std::vector<std::string>& now) {
  std::unordered_map<std::string_view, std::string_view> places;
  for (std::size_t i = 0; i < old.size(); ++i) places.emplace(old[i], now[i]);
  std::string made;
  made.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const bool quoted = text[at] == '"' && at + kDigits + 1 < text.size() && text[at + kDigits + 1] == '"';
    const auto found = quoted ? places.find(std::string_view(text).substr(at + 1, kDigits)) : places.end();
    made += text[at++];
    if (found == places.end()) continue;
    made += found->second;
    at += kDigits;
  }
  return made;
}

}  // namespace

std::string parts_of(const std::vector<std::int64_t>& numbers) {
  std::string parts;
  std::int64_t before = 0;
  for (const std::int64_t number : numbers) {
    parts += (parts.empty() ? "" : " ") + std::to_string(number - before);
    before = number;
  }
  return parts;
}

std::vector<std::int64_t> numbers_in(std::string_view parts) {
  std::vector<std::int64_t> numbers;
  std::int64_t last = 0;
  while (!parts.empty()) {
    std::int32_t step = 0;
    const auto [end, error] = std::from_chars(parts.data(), parts.data() + parts.size(), step);
    if (error != std::errc()) throw std::runtime_error("its parts are no numbers");
    numbers.push_back(last += step);
    parts.remove_prefix(std::min(parts.size(), static_cast<std::size_t>(end - parts.data()) + 1));
  }
  return numbers;
}

std::optional<std::int64_t> BlobTexts::find(const Digest& digest) {
  Query row = state_.connection.query("SELECT id FROM blob WHERE substr(digest, 1, 4) = ?1 AND digest = ?2");
  const std::string_view bytes = bytes_of(digest);
  if (!row.with(bytes.substr(0, 4), bytes).step()) return std::nullopt;
  return row.integer(0);
}

std::optional<std::string> BlobTexts::text(std::int64_t id, int depth) {
  if (depth > kDeepest) throw std::runtime_error("it is packed after too many others");
  std::int64_t base = 0;
  std::string parts, data;
  {
    Query row = state_.connection.query("SELECT base, parts, data FROM blob WHERE id = ? AND data IS NOT NULL");
    if (!row.with(id).step()) return std::nullopt;
    base = row.optional_integer(0).value_or(0);
    parts = row.text(1);
    data = row.bytes(2);
  }
  if (base == 0) return state_.record(data);
  return state_.packer.unpack_after(before(base, parts, depth), data);
}

std::string BlobTexts::before(std::int64_t base, std::string_view parts, int depth) {
  std::string text = base_text(base, depth);
  if (parts.empty()) return text;
  const std::vector<std::string> now = digests_of(parts, depth), old = digests_of(parts_of_base(base), depth);
  if (now.size() == old.size()) return exchanged(text, old, now);
  for (const std::string& digest : now) text += digest;
  return text;
}

std::string BlobTexts::parts_of_base(std::int64_t base) {
  Query row = state_.connection.query("SELECT parts FROM blob WHERE id = ? AND base IS NULL");
  return row.with(base).step() ? row.text(0) : std::string();
}

const std::string& BlobTexts::base_text(std::int64_t base, int depth) {
  if (const auto found = bases_.find(base); found != bases_.end()) return found->second;
  if (!state_.connection.query("SELECT 1 FROM blob WHERE id = ? AND base IS NULL").with(base).step()) {
    throw std::runtime_error("what it is packed after is not there");
  }
  auto text = this->text(base, depth + 1);
  if (!text) throw std::runtime_error("what it is packed after is not there");
  if (bases_bytes_ + text->size() > kMostBasesBytes) {
    bases_.clear();
    bases_bytes_ = 0;
  }
  bases_bytes_ += text->size();
  return bases_[base] = std::move(*text);
}

// Of each part; behind that of the first one, which are header blocks, those of its blocks.
std::vector<std::string> BlobTexts::digests_of(std::string_view parts, int depth) {
  std::vector<std::string> digests;
  for (const std::int64_t part : numbers_in(parts)) {
    const bool first = digests.empty();
    {
      Query row = state_.connection.query("SELECT digest FROM blob WHERE id = ?");
      const auto digest = row.with(part).step() ? digest_from_bytes(row.bytes(0)) : std::nullopt;
      if (!digest) throw std::runtime_error("one of its parts is not there");
      digests.push_back(to_hex(*digest));
    }
    if (!first) continue;
    const auto blocks = text(part, depth + 1);
    if (!blocks) throw std::runtime_error("the first of its parts is not there");
    for_each_block(*blocks, [&](std::string_view block) { digests.push_back(to_hex(state_.hasher(block))); });
  }
  return digests;
}

}  // namespace linkaudit::log
