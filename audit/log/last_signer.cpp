#include "audit/log/last_signer.h"

#include "audit/log/checkpoint_file.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/signed_note.h"

namespace linkaudit::log {

bool LastSigner::is(const PublicKey& key) const {
  return name_of(NoteSignature{key.name, key.id, ""}) == name;
}

std::optional<LastSigner> signer_after(const std::string& text) {
  const auto note = signed_note_from(text);
  const auto checkpoint = note ? checkpoint_from(note->text) : std::nullopt;
  if (!checkpoint) return std::nullopt;
  return LastSigner{checkpoint->origin, name_of(note->signatures.back()), checkpoint->size};
}

std::optional<LastSigner> last_signer(const Log& log) {
  const auto newest = newest_checkpoint(log);
  return signer_after(newest ? newest->note : last_note_of(checkpoint_file_of(log.path())));
}

}  // namespace linkaudit::log
