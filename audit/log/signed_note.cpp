#include "audit/log/signed_note.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/log/base64.h"
#include "audit/log/utf8.h"

namespace linkaudit::log {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kIdBytes = 4, kMostSignatures = 100;

std::string bytes_of_id(std::uint32_t id) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(id >> static_cast<unsigned>(shift) & 0xffU);
  return bytes;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\n';
}

std::optional<NoteSignature> signature_from(std::string_view line) {
  if (line.substr(0, kDash.size()) != kDash) return std::nullopt;
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kIdBytes) return std::nullopt;
  NoteSignature signature{std::string(line.substr(0, space)), 0, bytes->substr(kIdBytes)};
  for (std::size_t i = 0; i < kIdBytes; ++i) {
    signature.key_id = signature.key_id << 8U | static_cast<unsigned char>((*bytes)[i]);
  }
  return signature;
}

}  // namespace

std::string sign_note(std::string_view text, std::span<const SigningKey* const> keys) {
  std::string note(text);
  note += '\n';
  for (const SigningKey* key : keys) {
    const PublicKey& by = key->public_key();
    note.append(kDash).append(by.name) += ' ';
    note += to_base64(bytes_of_id(by.id) + key->sign(text)) + '\n';
  }
  return note;
}

std::optional<SignedNote> signed_note_from(std::string_view note) {
  if (note.size() > kLargestNote || note.empty() || note.back() != '\n') return std::nullopt;
  if (std::any_of(note.begin(), note.end(), is_control) || well_formed(note) != note) return std::nullopt;
  const std::size_t split = note.rfind("\n\n");
  if (split == std::string_view::npos) return std::nullopt;
  SignedNote parsed{std::string(note.substr(0, split + 1)), {}};
  std::string_view lines = note.substr(split + 2);
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const auto signature = signature_from(lines.substr(0, end));
    if (!signature || parsed.signatures.size() == kMostSignatures) return std::nullopt;
    parsed.signatures.push_back(*signature);
    lines.remove_prefix(end + 1);
  }
  if (parsed.signatures.empty()) return std::nullopt;
  return parsed;
}

std::vector<PublicKey> signers_of(const SignedNote& note, std::span<const PublicKey> keys) {
  std::vector<PublicKey> signers;
  for (const PublicKey& key : keys) {
    for (const NoteSignature& signature : note.signatures) {
      if (signature.name != key.name || signature.key_id != key.id) continue;
      if (!key.verifies(note.text, signature.bytes)) return {};
      if (std::find(signers.begin(), signers.end(), key) == signers.end()) signers.push_back(key);
    }
  }
  return signers;
}

std::string name_of(const NoteSignature& signature) {
  return signature.name + fmt::format("+{:08x}", signature.key_id);
}

std::string signers_in_words(const SignedNote& note) {
  std::string words;
  for (const NoteSignature& signature : note.signatures) {
    words += (words.empty() ? ", but by " : ", ") + name_of(signature);
  }
  return words;
}

}  // namespace linkaudit::log
