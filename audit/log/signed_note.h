// A signed note of C2SP (c2sp.org/signed-note): a text, an empty line, and a line for each signature.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <optional>

#include "audit/log/signing_key.h"

namespace linkaudit::log {

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;
};

struct SignedNote {
  std::string text;  // what is signed; ends with a newline
  std::vector<NoteSignature> signatures;
};

inline constexpr std::size_t kLargestNote = 64U << 10U;

// `text` must end with a newline and hold no other control character.
std::string sign_note(std::string_view text, std::span<const SigningKey* const> keys);

std::optional<SignedNote> signed_note_from(std::string_view note);

// The keys among these by which it is signed, in their order. A signature by one of them that is not right makes it
// signed by none, as the specification asks; those of others say nothing.
std::vector<PublicKey> signers_of(const SignedNote& note, std::span<const PublicKey> keys);

std::string name_of(const NoteSignature& signature);  // NAME+HASH, as the key's public text begins

// ", but by NAME+HASH, NAME+HASH": by whom it says that it is signed, for when none of these is trusted.
std::string signers_in_words(const SignedNote& note);

}  // namespace linkaudit::log
