#include <algorithm>
#include <charconv>
#include <set>

#include "audit/bundle/archive.h"
#include "audit/bundle/bundle.h"
#include "audit/bundle/hand_overs.h"
#include "audit/bundle/judge_again.h"
#include "audit/bundle/seal.h"
#include "audit/bundle/strict_json.h"
#include "audit/bundle/verify_entries.h"
#include "audit/bundle/verify_warc.h"
#include "audit/log/checkpoint.h"
#include "audit/log/hash.h"
#include "audit/log/signed_note.h"
#include "audit/log/timestamp.h"

namespace linkaudit::bundle {
namespace {

class Verifier {
 public:
  Verifier(Parts parts, std::vector<log::PublicKey> trusted, const std::string& authorities)
      : parts_(std::move(parts)), trusted_(std::move(trusted)), authorities_(authorities) {}

  // Throws Misfit at the first one.
  void verify(BundleCheck& result) {
    check_manifest();
    require_parts(parts_);
    const std::vector<log::PublicKey> own = own_keys();
    const Succession keys(parts_, trusted_.empty() ? own : trusted_, own);
    result.hand_overs = keys.followed();
    const log::Checkpoint checkpoint = signed_checkpoint(keys, result);
    const nlohmann::json document = sealed_finding(keys, checkpoint);
    check_stamps(result);
    Proved proved = verify_entries(parts_, checkpoint, document);
    result.entries = static_cast<std::int64_t>(proved.records.size());
    std::set<std::string> heads;
    if (parts_.contains("evidence.warc")) heads = verify_warc(parts_, proved.told, proved.evidence);
    result.without_evidence = static_cast<std::int64_t>(proved.evidence.size());
    check_not_kept(proved);
    check_heads(heads);
    result.about = about(document);
    result.status = document.at("finding").at("status").get<std::string>();
    result.simulated = document.at("simulated").get<bool>();
    require_same_judgement(parts_, document);
  }

 private:
  const std::string& part(const std::string& name) const { return part_of(parts_, name); }

  void check_manifest() const {
    log::Hasher hasher;
    const std::string& manifest = part(kManifest);
    std::string expected;
    for (const auto& [name, bytes] : parts_) {
      if (name == kManifest || name == kSeal) continue;
      const std::string line = manifest_line(hasher, name, bytes);
      if (manifest.find(line) == std::string::npos) throw Misfit(name + " is not what manifest.txt says");
      expected += line;
    }
    if (expected != manifest) throw Misfit("manifest.txt names " + missing_part(manifest) + ", which is missing");
  }

  // The first that the manifest names and that is not there.
  std::string missing_part(std::string_view manifest) const {
    while (!manifest.empty()) {
      const std::size_t end = std::min(manifest.find('\n'), manifest.size());
      const std::size_t blanks = manifest.substr(0, end).find("  ");
      const std::string name(blanks < end ? manifest.substr(blanks + 2, end - blanks - 2) : "");
      if (is_part_name(name) && !parts_.contains(name)) return name;
      manifest.remove_prefix(std::min(end + 1, manifest.size()));
    }
    return "a part";
  }

  void check_heads(const std::set<std::string>& named) const {
    for (const auto& [name, bytes] : parts_) {
      if (name.starts_with("heads/") && !named.contains(name)) throw Misfit(name + " is named by no entry");
    }
  }

  log::Checkpoint signed_checkpoint(const Succession& keys, BundleCheck& result) const {
    log::CheckpointReader::Result read = log::CheckpointReader(keys.trusted()).read(part("checkpoint.txt"));
    if (!read.checkpoint) throw Misfit("checkpoint.txt " + read.problem);
    result.signer = read.signers.front().text();
    result.size = read.checkpoint->size;
    return std::move(*read.checkpoint);
  }

  // finding.json, when the owner of the checkpoint's log has signed the list of all parts, and for this finding.
  nlohmann::json sealed_finding(const Succession& keys, const log::Checkpoint& checkpoint) const {
    const auto note = log::signed_note_from(part(kSeal));
    if (!note) throw Misfit("manifest.note is not a signed note");
    std::vector<log::PublicKey> signers = log::signers_of(*note, keys.trusted());
    std::erase_if(signers, [&](const log::PublicKey& key) { return key.name != checkpoint.origin; });
    if (signers.empty()) {
      throw Misfit("manifest.note is not signed by a key that is trusted" + log::signers_in_words(*note));
    }
    log::Hasher hasher;
    if (!note->text.ends_with("\nmanifest " + log::to_hex(hasher(part(kManifest))) + '\n')) {
      throw Misfit("manifest.txt is not what manifest.note signs: the bundle was changed");
    }
    nlohmann::json document = strict_json("finding.json", part("finding.json"));
    if (note->text != seal_text(checkpoint.origin, document, checkpoint.size, part(kManifest))) {
      throw Misfit("manifest.note is not about finding.json and checkpoint.txt");
    }
    return document;
  }

  void check_stamps(BundleCheck& result) const {
    for (const auto& [name, reply] : parts_) {
      if (!name.ends_with(".tsr")) continue;
      const std::string& request = part(name.substr(0, name.size() - 1) + 'q');
      const auto checked = log::check_timestamp(request, reply, part("checkpoint.txt"), authorities_);
      if (!checked.problem.empty()) throw Misfit(name + ' ' + checked.problem);
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
      if (!key) throw Misfit("public-keys.txt has a line that is no key");
      keys.push_back(*key);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return keys;
  }

  // What is missing is what the owner has said is missing, and nothing else.
  void check_not_kept(const Proved& proved) const {
    const nlohmann::json listed = strict_json("not-kept.json", part("not-kept.json"));
    std::set<std::string> evidence;
    for (const auto& [entry, digest] : proved.evidence) evidence.insert(digest);
    check_listed("evidence", listed.at("evidence"), evidence);
    check_listed("screenshots", listed.at("screenshots"), proved.lost_screenshots);
  }

  static void check_listed(const std::string& kind, const nlohmann::json& listed, const std::set<std::string>& lost) {
    const auto there = listed.get<std::set<std::string>>();
    std::set<std::string> either = there;
    either.insert(lost.begin(), lost.end());
    for (const std::string& digest : either) {
      if (!there.contains(digest)) throw Misfit(kind + ' ' + digest + " is missing and not listed in not-kept.json");
      if (!lost.contains(digest)) throw Misfit(kind + ' ' + digest + " is not missing, but listed in not-kept.json");
    }
  }

  Parts parts_;
  std::vector<log::PublicKey> trusted_;
  const std::string& authorities_;
};

}  // namespace

BundleCheck verify_bundle(const std::string& archive, std::vector<log::PublicKey> trusted,
                          const std::string& authorities) {
  BundleCheck result;
  Verifier verifier(unzip(archive), std::move(trusted), authorities);
  try {
    verifier.verify(result);
  } catch (const Misfit& misfit) {
    result.misfit = misfit.what();
  } catch (const nlohmann::json::exception&) {
    result.misfit = "a part has not the form it should have";
  }
  return result;
}

}  // namespace linkaudit::bundle
