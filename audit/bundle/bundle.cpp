#include "audit/bundle/bundle.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include "audit/bundle/archive.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/hash.h"
#include "audit/log/log_proofs.h"
#include "audit/log/read.h"
#include "audit/log/timestamp.h"
#include "audit/run/evidence_warc.h"

namespace linkaudit::bundle {

std::string_view readme_text();
std::string_view verifier_text();

namespace {

class Gatherer {
 public:
  Gatherer(const log::Log& log, const Case& about) : log_(log), about_(about) {}

  Parts gather() {
    parts_["README.txt"] = readme_text();
    parts_["verify.py"] = verifier_text();
    parts_["finding.json"] = about_.finding.dump(2) + '\n';
    parts_["catalog.yaml"] = about_.catalog_text;
    for (const log::PublicKey& key : about_.keys) parts_["public-keys.txt"] += key.text() + '\n';
    add_entries();
    add_evidence();
    add_manifest();
    return std::move(parts_);
  }

 private:
  // With the entry by which the log knows the catalog, when it does.
  std::set<std::int64_t> entries() const {
    std::set<std::int64_t> all(about_.entries.begin(), about_.entries.end());
    for (const log::LoggedCatalog& each : log::catalogs(log_)) {
      if (each.record.sha256 == about_.catalog_version) all.insert(each.entry);
    }
    return all;
  }

  // The first that holds so many entries, of those that were time-stamped if there are such.
  std::optional<log::KeptCheckpoint> checkpoint_for(std::int64_t size) const {
    std::set<std::int64_t> stamped;
    for (const log::KeptTimestamp& stamp : log::timestamps(log_)) stamped.insert(stamp.checkpoint);
    if (!stamped.empty()) {
      for (log::KeptCheckpoint& kept : log::checkpoints(log_)) {
        if (kept.size >= size && stamped.contains(kept.number)) return std::move(kept);
      }
    }
    return log::checkpoint_over(log_, size);
  }

  void add_entries() {
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
  }

  nlohmann::json add_entry(std::int64_t seq, std::int64_t size) {
    const auto entry = log_.entry(seq);
    if (!entry) throw std::invalid_argument("there is no entry " + std::to_string(seq));
    parts_["entries/" + std::to_string(seq) + ".json"] = entry->record;
    const auto record = nlohmann::json::parse(entry->record);
    if (const auto facts = record.find("facts"); facts != record.end()) add_facts(facts->get<std::string>());
    if (const auto picture = record.find("screenshot"); picture != record.end())
      add_picture(picture->get<std::string>());
    nlohmann::json hashes = nlohmann::json::array();
    for (const log::Digest& hash : log::prove_entry(log_, seq, size)) hashes.push_back(log::to_hex(hash));
    return {{"entry", seq}, {"leaf", log::to_hex(entry->leaf)}, {"hashes", std::move(hashes)}};
  }

  void add_facts(const std::string& sha256) {
    auto facts = log::fact(log_, sha256);
    if (!facts) throw log::LogError(log_.path() + ": is damaged: the facts " + sha256 + " are missing");
    parts_["facts/" + sha256 + ".json"] = std::move(*facts);
  }

  void add_picture(const std::string& sha256) {
    if (auto picture = log_.blob(sha256)) parts_["screenshots/" + sha256] = std::move(*picture);
  }

  void add_evidence() {
    if (about_.entries.empty()) return;
    log::Horizon horizon;
    horizon.simulated = about_.simulated;
    log::ObservationFilter filter;
    filter.entries = about_.entries;
    std::ostringstream warc;
    if (run::write_warc(log_, horizon, filter, warc).observations > 0) parts_["evidence.warc"] = warc.str();
  }

  // As sha256sum writes it.
  void add_manifest() {
    log::Hasher hasher;
    std::string manifest;
    for (const auto& [name, bytes] : parts_) manifest += log::to_hex(hasher(bytes)) + "  " + name + '\n';
    parts_["manifest.txt"] = std::move(manifest);
  }

  const log::Log& log_;
  const Case& about_;
  Parts parts_;
};

}  // namespace

std::string make_bundle(const log::Log& log, const Case& about) {
  return zip(Gatherer(log, about).gather());
}

}  // namespace linkaudit::bundle
