#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "audit/bundle/archive.h"
#include "audit/bundle/bundle.h"
#include "audit/bundle/verify_warc.h"
#include "audit/log/checkpoint.h"
#include "audit/log/hash.h"
#include "audit/log/proof.h"
#include "audit/log/signed_note.h"
#include "audit/log/timestamp.h"

namespace linkaudit::bundle {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::invalid_argument(what);
}

class Verifier {
 public:
  Verifier(Parts parts, std::vector<log::PublicKey> trusted, const std::string& authorities)
      : parts_(std::move(parts)), trusted_(std::move(trusted)), authorities_(authorities) {}

  // Throws std::invalid_argument at the first misfit.
  void verify(BundleCheck& result) {
    check_manifest();
    const log::Checkpoint checkpoint = signed_checkpoint(result);
    check_stamps(result);
    check_proofs(checkpoint, result);
    check_finding();
    if (parts_.contains("evidence.warc")) verify_warc(part("evidence.warc"), evidence_);
    result.without_evidence = static_cast<std::int64_t>(evidence_.size());
  }

 private:
  const std::string& part(const std::string& name) const {
    const auto found = parts_.find(name);
    if (found == parts_.end()) fail(name + " is missing");
    return found->second;
  }

  std::string digest_of(const std::string& bytes) { return log::to_hex(hasher_(bytes)); }

  void check_manifest() {
    std::string expected;
    for (const auto& [name, bytes] : parts_) {
      if (name != "manifest.txt") expected += digest_of(bytes) + "  " + name + '\n';
    }
    if (expected == part("manifest.txt")) return;
    for (const auto& [name, bytes] : parts_) {
      const std::string line = digest_of(bytes) + "  " + name + '\n';
      if (name != "manifest.txt" && part("manifest.txt").find(line) == std::string::npos) {
        fail(name + " is not what manifest.txt says");
      }
    }
    fail("manifest.txt names a part that is missing");
  }

  log::Checkpoint signed_checkpoint(BundleCheck& result) {
    if (trusted_.empty()) trusted_ = own_keys();
    auto [checkpoint, problem] = log::CheckpointReader(trusted_).read(part("checkpoint.txt"));
    if (!checkpoint) fail("checkpoint.txt " + problem);
    const auto note = log::signed_note_from(part("checkpoint.txt"));
    result.signer = log::signers_of(*note, trusted_).front().text();
    result.size = checkpoint->size;
    return std::move(*checkpoint);
  }

  void check_stamps(BundleCheck& result) const {
    for (const auto& [name, reply] : parts_) {
      if (!name.starts_with("timestamps/") || !name.ends_with(".tsr")) continue;
      const std::string& request = part(name.substr(0, name.size() - 1) + 'q');
      const auto checked = log::check_timestamp(request, reply, part("checkpoint.txt"), authorities_);
      if (!checked.problem.empty()) fail(name + ' ' + checked.problem);
      ++result.stamps;
      if (!result.stamped || (checked.at && *checked.at < *result.stamped)) result.stamped = checked.at;
    }
  }

  std::vector<log::PublicKey> own_keys() const {
    std::vector<log::PublicKey> keys;
    std::string_view text = part("public-keys.txt");
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const auto key = log::public_key_from(text.substr(0, end));
      if (!key) fail("public-keys.txt has a line that is no key");
      keys.push_back(*key);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return keys;
  }

  void check_proofs(const log::Checkpoint& checkpoint, BundleCheck& result) {
    const auto proofs = nlohmann::json::parse(part("proofs.json"));
    if (proofs.at("size") != checkpoint.size || proofs.at("root") != log::to_hex(checkpoint.root)) {
      fail("proofs.json is not about the tree of checkpoint.txt");
    }
    for (const auto& each : proofs.at("entries")) check_entry(each, checkpoint);
    for (const auto& [name, bytes] : parts_) {
      const bool of_entry = name.starts_with("facts/") || name.starts_with("screenshots/");
      if (of_entry && !named_.contains(name)) fail(name + " is named by no entry");
      if (name.starts_with("entries/") && !proved_.contains(name)) fail(name + " has no proof");
    }
    result.entries = static_cast<std::int64_t>(proved_.size());
  }

  void check_entry(const nlohmann::json& proof, const log::Checkpoint& checkpoint) {
    const auto seq = proof.at("entry").get<std::int64_t>();
    const std::string name = "entries/" + std::to_string(seq) + ".json";
    const std::string& record = part(name);
    const log::Digest leaf = log::leaf_hash(hasher_, record);
    if (proof.at("leaf") != log::to_hex(leaf)) fail(name + " does not have its leaf hash");
    log::Proof hashes;
    for (const auto& hash : proof.at("hashes")) {
      const auto digest = log::digest_from_hex(hash.get<std::string>());
      if (!digest) fail(name + ": its proof has a hash that is none");
      hashes.push_back(*digest);
    }
    if (log::root_by_inclusion(hasher_, leaf, seq - 1, checkpoint.size, hashes) != checkpoint.root) {
      fail(name + " is not in the tree of checkpoint.txt");
    }
    proved_.insert(name);
    check_record(name, nlohmann::json::parse(record));
  }

  // What a record commits to by digest.
  void check_record(const std::string& name, const nlohmann::json& record) {
    if (const auto facts = record.find("facts"); facts != record.end()) {
      require_digest(name, "facts/" + facts->get<std::string>() + ".json", facts->get<std::string>(), true);
    }
    if (const auto picture = record.find("screenshot"); picture != record.end()) {
      require_digest(name, "screenshots/" + picture->get<std::string>(), picture->get<std::string>(), false);
    }
    if (const auto evidence = record.find("evidence"); evidence != record.end()) {
      evidence_.emplace(std::stoll(name.substr(8)), evidence->get<std::string>());
    }
    if (record.at("type") == "catalog" && record.at("sha256") != digest_of(part("catalog.yaml"))) {
      fail("catalog.yaml is not what " + name + " commits to");
    }
  }

  void require_digest(const std::string& by, const std::string& name, const std::string& digest, bool must_be_there) {
    named_.insert(name);
    if (!must_be_there && !parts_.contains(name)) return;
    if (digest_of(part(name)) != digest) fail(name + " is not what " + by + " commits to");
  }

  void check_finding() {
    const auto document = nlohmann::json::parse(part("finding.json"));
    if (document.at("catalog") != digest_of(part("catalog.yaml"))) {
      fail("catalog.yaml is not the catalog that finding.json names");
    }
    for (const auto& seq : document.at("finding").at("entries")) {
      if (!proved_.contains("entries/" + seq.dump() + ".json"))
        fail("finding.json rests on entry " + seq.dump() + ", which is missing");
    }
  }

  Parts parts_;
  std::vector<log::PublicKey> trusted_;
  const std::string& authorities_;
  log::Hasher hasher_;
  std::set<std::string> proved_, named_;
  std::map<std::int64_t, std::string> evidence_;
};

}  // namespace

BundleCheck verify_bundle(const std::string& archive, std::vector<log::PublicKey> trusted,
                          const std::string& authorities) {
  BundleCheck result;
  Verifier verifier(unzip(archive), std::move(trusted), authorities);
  try {
    verifier.verify(result);
  } catch (const nlohmann::json::exception&) {
    result.misfit = "a part is not the JSON it should be";
  } catch (const std::logic_error& error) {  // also of numbers that are none
    result.misfit = error.what();
  }
  return result;
}

}  // namespace linkaudit::bundle
