#include "audit/bundle/verify_entries.h"

#include <vector>

#include "audit/bundle/strict_json.h"
#include "audit/log/hash.h"
#include "audit/log/proof.h"

namespace linkaudit::bundle {
namespace {

using nlohmann::json;

constexpr std::size_t kToTheSecond = 19;  // characters of an instant, 2022-01-27T04:00:00

void require(bool fits, const std::string& what) {
  if (!fits) throw Misfit(what);
}

class EntryVerifier {
 public:
  EntryVerifier(const Parts& parts, const log::Checkpoint& checkpoint, const json& document)
      : parts_(parts), checkpoint_(checkpoint), document_(document) {}

  Proved verify() {
    read_finding();
    const json proofs = strict_json("proofs.json", part_of(parts_, "proofs.json"));
    const json& size = proofs.at("size");
    require(size.is_number_integer() && size == checkpoint_.size && proofs.at("root") == log::to_hex(checkpoint_.root),
            "proofs.json is of another tree");
    for (const json& each : proofs.at("entries")) check_entry(each);
    for (const std::int64_t entry : spoken_of()) {
      require(proved_.records.contains(entry), "finding.json rests on " + entry_part(entry) + ", which is missing");
    }
    for (const std::int64_t entry : told_) {
      proved_.told.at[entry] = proved_.records.at(entry).at("at").get<std::string>();
    }
    proved_.told.simulated = document_.at("simulated").get<bool>();
    for (const json& word : words_) check_word(word);
    for (const auto& [name, bytes] : parts_) check_is_wanted(name);
    return std::move(proved_);
  }

 private:
  void read_finding() {
    require(document_.at("catalog") == log::to_hex(hasher_(part_of(parts_, "catalog.yaml"))),
            "catalog.yaml is not what finding.json names");
    const json& finding = document_.at("finding");
    require(!finding.at("entries").empty(), "finding.json rests on no entry");
    for (const json& word : finding.at("words")) words_.push_back(word);
    if (!finding.at("contradicted_by").is_null()) words_.push_back(finding.at("contradicted_by"));
    for (const json& entry : finding.at("entries")) told_.insert(entry_number(entry));
    for (const json& word : words_) told_.insert(entry_number(word.at("entry")));
    for (const json& span : document_.at("basis")) {
      basis_.insert(entry_number(span.at("first")));
      basis_.insert(entry_number(span.at("last")));
    }
  }

  std::set<std::int64_t> spoken_of() const {
    std::set<std::int64_t> all = told_;
    all.insert(basis_.begin(), basis_.end());
    return all;
  }

  void check_entry(const json& proof) {
    const std::int64_t entry = entry_number(proof.at("entry"));
    const std::string name = entry_part(entry);
    const std::string& record = part_of(parts_, name);
    const log::Digest leaf = log::leaf_hash(hasher_, record);
    require(proof.at("leaf") == log::to_hex(leaf), name + " does not have its leaf hash");
    log::Proof hashes;
    for (const json& hash : proof.at("hashes")) {
      const auto digest = log::digest_from_hex(hash.get<std::string>());
      require(digest.has_value(), name + " is not in the tree of checkpoint.txt");
      hashes.push_back(*digest);
    }
    require(log::root_by_inclusion(hasher_, leaf, entry - 1, checkpoint_.size, hashes) == checkpoint_.root,
            name + " is not in the tree of checkpoint.txt");
    with_proof_.insert(name);
    check_record(entry, name, proved_.records[entry] = strict_json(name, record));
  }

  // What a record commits to by digest. Pictures and evidence go with what the finding itself names.
  void check_record(std::int64_t entry, const std::string& name, const json& record) {
    if (record.at("type") == "catalog") {
      return require(record.at("sha256") == document_.at("catalog"),
                     "catalog.yaml is not what " + name + " commits to");
    }
    const bool told = told_.contains(entry);
    require(told || basis_.contains(entry), name + " is named by nothing in finding.json");
    require(record.at("at").get<std::string>().substr(0, kToTheSecond) <=
                document_.at("as_of").get<std::string>().substr(0, kToTheSecond),
            name + " is of later than finding.json speaks of");
    if (record.contains("facts")) {
      const auto digest = record.at("facts").get<std::string>();
      check_digest(name, "facts/" + digest + ".json", digest);
    }
    if (told && record.contains("screenshot")) {
      const auto digest = record.at("screenshot").get<std::string>();
      const std::string picture = "screenshots/" + digest;
      if (parts_.contains(picture)) {
        check_digest(name, picture, digest);
      } else {
        proved_.lost_screenshots.insert(digest);
      }
    }
    if (told && record.contains("evidence")) proved_.evidence[entry] = record.at("evidence").get<std::string>();
  }

  void check_digest(const std::string& by, const std::string& name, const std::string& digest) {
    named_.insert(name);
    require(log::to_hex(hasher_(part_of(parts_, name))) == digest, name + " is not what " + by + " commits to");
  }

  void check_word(const json& word) const {
    const std::int64_t entry = entry_number(word.at("entry"));
    const json& record = proved_.records.at(entry);
    for (const char* member : {"link", "tier", "outcome"}) {
      if (!word.contains(member)) continue;
      require(record.contains(member) && record.at(member) == word.at(member),
              std::string("finding.json has another ") + member + " than " + entry_part(entry));
    }
  }

  void check_is_wanted(const std::string& name) const {
    require(!name.starts_with("entries/") || with_proof_.contains(name), name + " is named by no entry");
    const bool of_entry = name.starts_with("facts/") || name.starts_with("screenshots/");
    require(!of_entry || named_.contains(name), name + " is named by no entry");
  }

  const Parts& parts_;
  const log::Checkpoint& checkpoint_;
  const json& document_;
  log::Hasher hasher_;
  std::vector<json> words_;
  std::set<std::int64_t> told_, basis_;       // that the finding itself names; the ends of the spans it was judged from
  std::set<std::string> named_, with_proof_;  // parts
  Proved proved_;
};

}  // namespace

Proved verify_entries(const Parts& parts, const log::Checkpoint& checkpoint, const json& document) {
  return EntryVerifier(parts, checkpoint, document).verify();
}

}  // namespace linkaudit::bundle
