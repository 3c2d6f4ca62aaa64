#include "audit/log/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "audit/log/base64.h"
#include "audit/log/hash.h"
#include "audit/log/signed_note.h"

namespace linkaudit::log {
namespace {

constexpr std::string_view kNextKey = "next-key ", kLostKey = "lost-key ";

// Takes the next line off the text, which ends with a newline.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// Decimal, without leading zeroes.
std::optional<std::int64_t> size_from(std::string_view text) {
  std::int64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size() || std::to_string(size) != text) return std::nullopt;
  return size < 0 ? std::nullopt : std::optional(size);
}

}  // namespace

std::string text_of(const Checkpoint& checkpoint) {
  std::string text =
      checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' + to_base64(bytes_of(checkpoint.root)) + '\n';
  for (const std::string& line : checkpoint.extensions) text += line + '\n';
  return text;
}

std::optional<Checkpoint> checkpoint_from(std::string_view text) {
  const auto origin = take_line(text), size_line = take_line(text), root_line = take_line(text);
  if (!origin || !size_line || !root_line) return std::nullopt;
  const auto size = size_from(*size_line);
  const auto bytes = from_base64(*root_line);
  const auto root = bytes ? digest_from_bytes(*bytes) : std::nullopt;
  if (!size || !root) return std::nullopt;
  Checkpoint checkpoint{std::string(*origin), *size, *root, {}};
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line) return std::nullopt;
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

std::string hand_over_line(const PublicKey& next) {
  return std::string(kNextKey) + next.text();
}

std::optional<PublicKey> next_key(const Checkpoint& checkpoint) {
  for (const std::string& line : checkpoint.extensions) {
    if (line.starts_with(kNextKey)) return public_key_from(std::string_view(line).substr(kNextKey.size()));
  }
  return std::nullopt;
}

std::string lost_key_line(const std::string& lost) {
  return std::string(kLostKey) + lost;
}

std::optional<std::string> lost_key(const Checkpoint& checkpoint) {
  for (const std::string& line : checkpoint.extensions) {
    if (line.starts_with(kLostKey)) return line.substr(kLostKey.size());
  }
  return std::nullopt;
}

CheckpointReader::Result CheckpointReader::read(std::string_view note) {
  const auto parsed = signed_note_from(note);
  auto checkpoint = parsed ? checkpoint_from(parsed->text) : std::nullopt;
  if (!checkpoint) return {std::nullopt, "is not a signed checkpoint", false};
  std::vector<PublicKey> signers = signers_of(*parsed, trusted_);
  std::erase_if(signers, [&](const PublicKey& key) { return key.name != checkpoint->origin; });
  if (signers.empty()) {
    return {std::nullopt, "is not signed by a key that is trusted" + signers_in_words(*parsed), true};
  }
  if (const auto next = next_key(*checkpoint);
      next && std::find(trusted_.begin(), trusted_.end(), *next) == trusted_.end()) {
    trusted_.push_back(*next);
  }
  return {std::move(checkpoint), "", false, std::move(signers)};
}

}  // namespace linkaudit::log
