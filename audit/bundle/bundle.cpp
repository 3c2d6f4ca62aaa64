#include "audit/bundle/bundle.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include "audit/bundle/archive.h"
#include "audit/bundle/hand_overs.h"
#include "audit/bundle/seal.h"
#include "audit/bundle/verify_warc.h"
#include "audit/log/checkpoint.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/hash.h"
#include "audit/log/log_proofs.h"
#include "audit/log/read.h"
#include "audit/log/signed_note.h"
#include "audit/log/timestamp.h"
#include "audit/run/evidence_warc.h"

namespace linkaudit::bundle {

std::string_view readme_text();
std::string_view verifier_text();

namespace {

class Gatherer {
 public:
  Gatherer(const log::Log& log, const Case& about, const log::SigningKey& key) : log_(log), about_(about), key_(key) {}

  Parts gather() {
    parts_["README.txt"] = readme_text();
    parts_["verify.py"] = verifier_text();
    parts_["catalog.yaml"] = about_.catalog_text;
    for (const log::PublicKey& key : about_.keys) parts_["public-keys.txt"] += key.text() + '\n';
    add_finding();
    const std::int64_t size = add_entries();
    add_evidence();
    add_hand_overs();
    parts_["not-kept.json"] = not_kept_.dump(1) + '\n';
    add_manifest(size);
    return std::move(parts_);
  }

 private:
  void add_finding() {
    document_ = about_.finding;
    document_["basis"] = nlohmann::json::array();
    for (const Basis& span : about_.basis) {
      document_["basis"].push_back({{"first", span.first}, {"last", span.last}, {"count", span.count}});
    }
    parts_["finding.json"] = document_.dump(2) + '\n';
  }

  // With the entry by which the log knows the catalog, when it does.
  std::set<std::int64_t> entries() const {
    std::set<std::int64_t> all(about_.entries.begin(), about_.entries.end());
    for (const Basis& span : about_.basis) all.insert({span.first, span.last});
    for (const log::LoggedCatalog& each : log::catalogs(log_)) {
      if (each.record.sha256 == about_.catalog_version) all.insert(each.entry);
    }
    return all;
  }

  // The first of the key's log that holds so many entries, of those that were time-stamped if there are such.
  std::optional<log::KeptCheckpoint> checkpoint_for(std::int64_t size) const {
    std::set<std::int64_t> stamped;
    for (const log::KeptTimestamp& stamp : log::timestamps(log_)) stamped.insert(stamp.checkpoint);
    std::optional<log::KeptCheckpoint> first;
    for (log::KeptCheckpoint& kept : log::checkpoints(log_)) {
      if (kept.size < size || !kept.note.starts_with(key_.public_key().name + '\n')) continue;
      if (stamped.contains(kept.number)) return std::move(kept);
      if (!first) first = std::move(kept);
      if (stamped.empty()) break;
    }
    return first;
  }

  // Returns the size of the tree that they are proved to be in.
  std::int64_t add_entries() {
    const std::set<std::int64_t> all = entries();
    const auto kept = checkpoint_for(all.empty() ? 0 : *all.rbegin());
    if (!kept) throw std::invalid_argument("no checkpoint holds these entries yet; ledger checkpoint signs one");
    parts_["checkpoint.txt"] = kept->note;
    for (const log::KeptTimestamp& stamp : log::timestamps(log_)) {
      if (stamp.checkpoint != kept->number) continue;
      const std::string name = "timestamps/" + std::to_string(stamp.number);
      parts_[name + ".tsq"] = stamp.request;
      parts_[name + ".tsr"] = stamp.reply;
    }
    nlohmann::json proofs = {
        {"size", kept->size}, {"root", log::to_hex(log_.root_at(kept->size))}, {"entries", nlohmann::json::array()}};
    for (const std::int64_t seq : all) proofs["entries"].push_back(add_entry(seq, kept->size));
    parts_["proofs.json"] = proofs.dump(1) + '\n';
    return kept->size;
  }

  nlohmann::json add_entry(std::int64_t seq, std::int64_t size) {
    const auto entry = log_.entry(seq);
    if (!entry) throw std::invalid_argument("there is no entry " + std::to_string(seq));
    parts_[entry_part(seq)] = entry->record;
    const auto record = nlohmann::json::parse(entry->record);
    if (told(seq)) told_.at[seq] = record.at("at").get<std::string>();
    if (const auto facts = record.find("facts"); facts != record.end()) add_facts(facts->get<std::string>());
    if (told(seq)) add_of_told(seq, record);
    nlohmann::json hashes = nlohmann::json::array();
    for (const log::Digest& hash : log::prove_entry(log_, seq, size)) hashes.push_back(log::to_hex(hash));
    return {{"entry", seq}, {"leaf", log::to_hex(entry->leaf)}, {"hashes", std::move(hashes)}};
  }

  bool told(std::int64_t seq) const {
    return std::find(about_.entries.begin(), about_.entries.end(), seq) != about_.entries.end();
  }

  void add_facts(const std::string& sha256) {
    auto facts = log::fact(log_, sha256);
    if (!facts) throw log::LogError(log_.path() + ": is damaged: the facts " + sha256 + " are missing");
    parts_["facts/" + sha256 + ".json"] = std::move(*facts);
  }

  // Of an entry that the finding names: its picture, and the digest of what was sent and received.
  void add_of_told(std::int64_t seq, const nlohmann::json& record) {
    if (const auto evidence = record.find("evidence"); evidence != record.end()) evidence_[seq] = *evidence;
    const auto picture = record.find("screenshot");
    if (picture == record.end()) return;
    const auto sha256 = picture->get<std::string>();
    if (auto bytes = log_.blob(sha256)) {
      parts_["screenshots/" + sha256] = std::move(*bytes);
    } else {
      lost_pictures_.insert(sha256);
    }
  }

  // And says what is not kept any more, so that nobody can take something away and say that it never was there.
  void add_evidence() {
    log::Horizon horizon;
    horizon.simulated = about_.simulated;
    log::ObservationFilter filter;
    filter.entries = about_.entries;
    std::ostringstream warc;
    if (!filter.entries.empty() && run::write_warc(log_, horizon, filter, warc).observations > 0) {
      parts_["evidence.warc"] = warc.str();
      for (const auto& [entry, sha256] : evidence_) add_heads(sha256);
      told_.simulated = about_.simulated;
      verify_warc(parts_, told_, evidence_);
    }
    std::set<std::string> lost;
    for (const auto& [entry, sha256] : evidence_) lost.insert(sha256);
    not_kept_ = {{"evidence", lost}, {"screenshots", lost_pictures_}};
  }

  // The header blocks of an observation whose evidence is kept, as they were on the wire.
  void add_heads(const std::string& sha256) {
    const auto kept = run::kept_evidence(log_, sha256);
    if (!kept || !kept->whole || kept->manifest.heads.bytes == 0) return;
    const std::string& heads = kept->manifest.heads.sha256;
    parts_[heads_part(heads)] = log_.blob(heads).value_or("");
  }

  // For those who know an older key of this log.
  void add_hand_overs() {
    for (const log::KeptCheckpoint& kept : log::checkpoints(log_)) {
      if (is_hand_over_by(kept.note, about_.keys)) parts_[hand_over_part(kept.number)] = kept.note;
    }
  }

  void add_manifest(std::int64_t tree_size) {
    log::Hasher hasher;
    std::string manifest;
    for (const auto& [name, bytes] : parts_) manifest += manifest_line(hasher, name, bytes);
    const log::SigningKey* const keys[] = {&key_};
    parts_[kSeal] = log::sign_note(seal_text(key_.public_key().name, document_, tree_size, manifest), keys);
    parts_[kManifest] = std::move(manifest);
  }

  const log::Log& log_;
  const Case& about_;
  const log::SigningKey& key_;
  Parts parts_;
  nlohmann::json document_, not_kept_;
  Told told_;
  std::map<std::int64_t, std::string> evidence_;  // digests, hex, by entry
  std::set<std::string> lost_pictures_;
};

}  // namespace

std::string make_bundle(const log::Log& log, const Case& about, const log::SigningKey& key) {
  return zip(Gatherer(log, about, key).gather());
}

}  // namespace linkaudit::bundle
