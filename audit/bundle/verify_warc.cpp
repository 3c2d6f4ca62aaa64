#include "audit/bundle/verify_warc.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>
#include <vector>

#include "audit/bundle/strict_json.h"
#include "audit/bundle/warc_records.h"
#include "audit/law/calendar.h"
#include "audit/log/hash.h"
#include "audit/run/evidence_warc.h"

namespace linkaudit::bundle {
namespace {

constexpr std::string_view kDigest = "sha256:", kSoftware = "software: ", kOurs = "linkaudit/";

// Behind the first empty line; servers end lines as they like.
std::string_view body_of(std::string_view message) {
  for (std::size_t end = message.find('\n'); end != std::string_view::npos; end = message.find('\n', end + 1)) {
    for (const std::string_view empty_line : {"\n", "\r\n"}) {
      if (message.substr(end + 1).starts_with(empty_line)) return message.substr(end + 1 + empty_line.size());
    }
  }
  return {};
}

class WarcVerifier {
 public:
  WarcVerifier(const Parts& parts, const Told& told, std::map<std::int64_t, std::string>& committed)
      : parts_(parts), told_(told), committed_(committed), records_(warc_records(part_of(parts, "evidence.warc"))) {}

  std::set<std::string> verify() {
    for (const WarcRecord& record : records_) take(record);
    std::ostringstream made;
    write_again(made);
    require_same_records(records_, warc_records(made.view()));
    return std::move(heads_);
  }

 private:
  // What a record says of itself.
  void take(const WarcRecord& record) {
    const std::string digest = log::to_hex(hasher_(record.block)), which(record.field("WARC-Record-ID"));
    if (record.field("WARC-Block-Digest") != std::string(kDigest) + digest) {
      refuse_warc(which + " has another block digest");
    }
    if (record.field("WARC-Type") == "response") {
      const std::string_view body = body_of(record.block);
      const std::string payload = log::to_hex(hasher_(body));
      if (record.field("WARC-Payload-Digest") != std::string(kDigest) + payload) {
        refuse_warc(which + " has another payload digest");
      }
      payloads_.emplace(payload, body);
    }
    const std::string_view number = record.field("Linkaudit-Entry");
    if (number.empty()) return;
    const auto entry = committed_.find(entry_from(number));
    if (entry == committed_.end() || entry->second != digest) refuse_warc(which + " is not what its entry commits to");
    manifests_.emplace_back(entry->first, record.block);
    committed_.erase(entry);
  }

  static std::int64_t entry_from(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
  }

  // In the order in which they were seen.
  void write_again(std::ostream& out) {
    std::sort(manifests_.begin(), manifests_.end(), [&](const auto& left, const auto& right) {
      return std::pair(told_.at.at(left.first), left.first) < std::pair(told_.at.at(right.first), right.first);
    });
    std::string newest;
    for (const auto& [entry, at] : told_.at) newest = std::max(newest, at);
    run::EvidenceWarc warc(out, instant_from(newest), told_.simulated, software());
    for (const auto& [entry, text] : manifests_) {
      run::KeptEvidence kept = evidence(text);
      const probes::Instant at = kept.manifest.at;
      const std::string url = kept.manifest.url;
      warc.add(entry, at, url, std::move(kept));
    }
  }

  static log::Instant instant_from(const std::string& text) {
    const auto instant = law::parse_instant(text);
    if (!instant) refuse_warc("an entry was seen at no instant");
    return *instant;
  }

  run::KeptEvidence evidence(std::string_view manifest) {
    static_cast<void>(strict_json("evidence.warc", manifest));  // as all readers take it
    try {
      run::KeptEvidence kept =
          run::evidence_from(std::string(manifest), [&](const std::string& sha256) { return bytes(sha256); });
      require_parts(kept);
      return kept;
    } catch (const std::invalid_argument& problem) {
      refuse_warc(std::string("a manifest: ") + problem.what());
    }
  }

  // That each part is there with the digest that the manifest names. Bodies without their codings are in none.
  void require_parts(const run::KeptEvidence& kept) {
    if (kept.manifest.heads.bytes > 0) heads_.insert(heads_part(kept.manifest.heads.sha256));
    for (std::size_t leg = 0; leg < kept.legs.size(); ++leg) {
      for (std::size_t i = 0; i < kept.legs[leg].exchanges.size(); ++i) {
        const run::ManifestExchange& named = kept.manifest.legs[leg].exchanges[i];
        const probes::ExchangeEvidence& there = kept.legs[leg].exchanges[i];
        require_part(named.request, there.request, "request");
        require_part(named.interim, there.interim, "interim");
        require_part(named.response, there.response, "response");
        require_part(named.trailers, there.trailers, "trailers");
        require_part(named.body, there.body, "body");
      }
    }
  }

  void require_part(const std::optional<run::Part>& named, const std::string& there, const char* what) {
    if (!named) return;
    if (static_cast<std::int64_t>(there.size()) != named->bytes || log::to_hex(hasher_(there)) != named->sha256) {
      refuse_warc(std::string("a ") + what + " that a manifest names is missing");
    }
  }

  std::optional<std::string> bytes(const std::string& sha256) {
    if (const auto payload = payloads_.find(sha256); payload != payloads_.end()) return std::string(payload->second);
    const std::string name = heads_part(sha256);
    if (!parts_.contains(name)) return std::nullopt;
    if (log::to_hex(hasher_(parts_.at(name))) != sha256) throw Misfit(name + " is not what its manifest commits to");
    return parts_.at(name);
  }

  // Which version of ours wrote it; "" when the first record does not say.
  std::string_view software() const {
    std::string_view text = records_.empty() ? std::string_view() : records_.front().block;
    text = text.substr(0, text.find('\r'));
    if (!text.starts_with(kSoftware)) return {};
    text.remove_prefix(kSoftware.size());
    const auto is_version = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    const bool ours = text.starts_with(kOurs) && std::all_of(text.begin() + kOurs.size(), text.end(), is_version);
    return ours ? text : std::string_view();
  }

  const Parts& parts_;
  const Told& told_;
  std::map<std::int64_t, std::string>& committed_;
  std::vector<WarcRecord> records_;
  log::Hasher hasher_;
  std::map<std::string, std::string_view> payloads_;                  // by digest, hex
  std::vector<std::pair<std::int64_t, std::string_view>> manifests_;  // by entry
  std::set<std::string> heads_;
};

}  // namespace

std::set<std::string> verify_warc(const Parts& parts, const Told& told,
                                  std::map<std::int64_t, std::string>& committed) {
  return WarcVerifier(parts, told, committed).verify();
}

}  // namespace linkaudit::bundle
