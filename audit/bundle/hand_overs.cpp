#include "audit/bundle/hand_overs.h"

#include <algorithm>
#include <optional>

#include "audit/log/checkpoint.h"
#include "audit/log/signed_note.h"

namespace linkaudit::bundle {
namespace {

using Keys = std::vector<log::PublicKey>;

bool contains(const Keys& keys, const log::PublicKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string short_name(const log::PublicKey& key) {
  return name_of(log::NoteSignature{key.name, key.id, ""});
}

struct ReadHandOver {
  std::int64_t entries = 0;
  log::PublicKey next;
  Keys by;  // those of the keys known that signed it, but the next one
};

std::optional<ReadHandOver> read_hand_over(const std::string& text, const Keys& known) {
  const auto note = log::signed_note_from(text);
  const auto checkpoint = note ? log::checkpoint_from(note->text) : std::nullopt;
  const auto next = checkpoint ? log::next_key(*checkpoint) : std::nullopt;
  if (!next) return std::nullopt;
  Keys by = log::signers_of(*note, known);
  std::erase_if(by, [&](const log::PublicKey& key) { return key.name != checkpoint->origin || key == *next; });
  return ReadHandOver{checkpoint->size, *next, std::move(by)};
}

}  // namespace

Succession::Succession(const Parts& parts, Keys trusted, const Keys& own) : trusted_(std::move(trusted)) {
  std::vector<std::pair<std::size_t, std::string>> names;  // in the order of their numbers
  for (const auto& [name, note] : parts) {
    if (name.starts_with("hand-overs/")) names.emplace_back(name.size(), name);
  }
  std::sort(names.begin(), names.end());
  for (const auto& [length, name] : names) follow(name, parts.at(name), own);
}

void Succession::follow(const std::string& name, const std::string& note, const Keys& own) {
  Keys known = trusted_;
  known.insert(known.end(), own.begin(), own.end());
  const auto read = read_hand_over(note, known);
  if (!read) throw Misfit(name + " hands over to no key");
  if (read->by.empty()) throw Misfit(name + " is not signed by the key before it");
  for (const log::PublicKey& key : read->by) {
    if (!contains(trusted_, key) || contains(trusted_, read->next)) continue;
    trusted_.push_back(read->next);
    followed_.push_back({short_name(key), short_name(read->next), read->entries});
  }
}

std::string hand_over_part(std::int64_t number) {
  return "hand-overs/" + std::to_string(number) + ".txt";
}

bool is_hand_over_by(const std::string& note, const Keys& keys) {
  const auto read = read_hand_over(note, keys);
  return read && !read->by.empty();
}

}  // namespace linkaudit::bundle
