#include "audit/log/log_proofs.h"

#include <algorithm>
#include <set>

#include "audit/log/checkpoint_store.h"
#include "audit/log/log_state.h"
#include "audit/log/signed_note.h"

namespace linkaudit::log {
namespace {

// One set of checkpoints against the tree, in the order in which they were signed.
class TreeCheck {
 public:
  TreeCheck(const Log& log, std::vector<PublicKey> trusted)
      : log_(log), by_key_(!trusted.empty()), reader_(std::move(trusted)) {}

  // One of the log's own, of that many entries by its row.
  std::optional<std::string> check_own(const KeptCheckpoint& kept) {
    const std::string where = "checkpoint " + std::to_string(kept.number);
    const CheckpointReader::Result found = read(kept.note);
    if (auto problem = check(where, found)) return problem;
    if (kept.size != found.checkpoint->size) {
      return where + " is of " + std::to_string(found.checkpoint->size) + " entries, but its column size says " +
             std::to_string(kept.size);
    }
    return by_key_ ? check_succession(where, found) : std::nullopt;
  }

  // One of those kept elsewhere.
  std::optional<std::string> check_other(const std::string& where, const std::string& note) {
    return check(where, read(note));
  }

  bool untrusted() const { return untrusted_; }                           // the last one, by its signers
  const std::optional<std::string>& lost() const { return lost_; }        // which key the last one says was lost
  std::int64_t signed_entries() const { return by_key_ ? fitting_ : 0; }  // the size of the largest tree that fits

 private:
  CheckpointReader::Result read(const std::string& note) {
    if (by_key_) return reader_.read(note);
    const auto parsed = signed_note_from(note);
    auto checkpoint = parsed ? checkpoint_from(parsed->text) : std::nullopt;
    return {std::move(checkpoint), "is not a signed checkpoint"};
  }

  std::optional<std::string> check(const std::string& where, const CheckpointReader::Result& found) {
    const std::optional<Checkpoint>& checkpoint = found.checkpoint;
    untrusted_ = found.untrusted;
    if (!checkpoint) return where + " " + found.problem;
    lost_ = lost_key(*checkpoint);
    const std::string which = where + ", of " + std::to_string(checkpoint->size) + " entries, ";
    if (checkpoint->size > log_.size()) {
      return which + "but the log has " + std::to_string(log_.size()) +
             ": entries were dropped from its end, or it was put back to an earlier state";
    }
    if (log_.root_at(checkpoint->size) != checkpoint->root) {
      if (fitting_ >= checkpoint->size) return which + "has another root: the log has other entries than those signed";
      return which + "has another root: among the entries " + std::to_string(fitting_ + 1) + " to " +
             std::to_string(checkpoint->size) + " one is not what it was";
    }
    fitting_ = std::max(fitting_, checkpoint->size);
    return std::nullopt;
  }

  // Whether a key signed that none before it replaced; and which it replaces itself.
  std::optional<std::string> check_succession(const std::string& where, const CheckpointReader::Result& found) {
    const auto is_retired = [&](const PublicKey& key) { return contains(retired_, key); };
    if (std::all_of(found.signers.begin(), found.signers.end(), is_retired)) {
      return where + " is signed by " + name_of({found.signers.front().name, found.signers.front().id, ""}) +
             " alone, a key that an earlier checkpoint replaced";
    }
    for (const PublicKey& key : found.signers) {
      if (!contains(signed_so_far_, key)) signed_so_far_.push_back(key);
    }
    const auto next = next_key(*found.checkpoint);
    if (!next && !lost_) return std::nullopt;
    const std::vector<PublicKey> stay = next ? std::vector<PublicKey>{*next} : found.signers;
    retired_ = signed_so_far_;
    std::erase_if(retired_, [&](const PublicKey& key) { return contains(stay, key); });
    return std::nullopt;
  }

  static bool contains(const std::vector<PublicKey>& keys, const PublicKey& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  const Log& log_;
  bool by_key_;
  CheckpointReader reader_;
  std::int64_t fitting_ = 0;
  bool untrusted_ = false;
  std::optional<std::string> lost_;
  std::vector<PublicKey> signed_so_far_, retired_;
};

// Every key that is said to have signed any of these, in the order in which they began to.
std::vector<std::string> signers_of_all(const std::vector<KeptCheckpoint>& kept, std::span<const std::string> notes) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& text) {
    const auto note = signed_note_from(text);
    if (!note) return;
    for (const NoteSignature& signature : note->signatures) {
      const std::string name = name_of(signature);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  };
  for (const KeptCheckpoint& each : kept) add(each.note);
  for (const std::string& note : notes) add(note);
  return names;
}

std::string in_words(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

NodeHash nodes_of(const Log& log) {
  return [&log](NodePlace place) { return log.state().node(place); };
}

}  // namespace

Proof prove_entry(const Log& log, std::int64_t seq, std::int64_t size) {
  return guarded(log.path(), [&] { return inclusion_proof(log.state().hasher, seq - 1, size, nodes_of(log)); });
}

Proof prove_growth(const Log& log, std::int64_t old_size, std::int64_t size) {
  return guarded(log.path(), [&] { return consistency_proof(log.state().hasher, old_size, size, nodes_of(log)); });
}

std::vector<std::string> all_signers(const Log& log) {
  return signers_of_all(checkpoints(log), {});
}

CheckpointCheck verify_checkpoints(const Log& log, std::vector<PublicKey> trusted, std::span<const std::string> notes) {
  TreeCheck check(log, std::move(trusted));
  const std::vector<KeptCheckpoint> all = checkpoints(log);
  std::vector<LostKey> lost;
  const auto found = [&](std::optional<std::string> misfit) -> CheckpointCheck {
    if (misfit && check.untrusted()) {
      *misfit += "; to trust are all that signed, a line each in the file of public keys: " +
                 in_words(signers_of_all(all, notes));
    }
    return {std::move(misfit), check.signed_entries(), std::move(lost), check.untrusted()};
  };
  std::set<std::string> in_log;
  std::int64_t number = 0;
  bool all_there = true;
  for (const KeptCheckpoint& kept : all) {
    all_there = all_there && kept.number == ++number;
    in_log.insert(kept.note);
    if (auto problem = check.check_own(kept)) return found(problem);
    if (check.lost()) lost.push_back({kept.number, kept.size, *check.lost()});
  }
  for (std::size_t i = 0; i < notes.size(); ++i) {
    if (auto problem = check.check_other("checkpoint " + std::to_string(i + 1) + " of the file", notes[i])) {
      return found(problem);
    }
  }
  if (!all_there) return found("checkpoint " + std::to_string(number) + " was deleted from the log");
  for (std::size_t i = 0; i < notes.size(); ++i) {
    if (!in_log.contains(notes[i])) {
      return found("checkpoint " + std::to_string(i + 1) +
                   " of the file is not in the log: it was deleted there, or the log was put back to an earlier state");
    }
  }
  return found(std::nullopt);
}

}  // namespace linkaudit::log
