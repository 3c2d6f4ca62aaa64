#include "audit/run/evidence_warc.h"

namespace linkaudit::run {
namespace {

using probes::WarcFields;

// Stamps the file: the newest observation in it, so that writing it again gives the same.
probes::Instant newest(const log::Log& log, const log::Horizon& horizon, log::ObservationFilter filter) {
  probes::Instant at{};
  filter.limit = 1;
  log::for_each_observation(log, horizon, filter, [&](const log::LoggedObservation& logged) {
    at = logged.observation.at;
    return true;
  });
  return at;
}

WarcFields about(bool simulated) {
  WarcFields fields = {
      {"description", "What was sent and received for each observation of an audit of links"},
      {"masked", "Cookies, header fields with credentials and secret URL parameters read ***"},
  };
  if (simulated)
    fields.emplace_back("simulated", "true: a stand-in internet on loopback answered, not the hosts named");
  return fields;
}

WarcFields notes_of(const Manifest& manifest, const ManifestLeg& leg, const ManifestExchange& exchange) {
  WarcFields notes;
  if (leg.leg == probes::Leg::context) {
    notes.emplace_back("context", manifest.context);
    if (!manifest.link.empty()) notes.emplace_back("link", manifest.link);
  }
  if (leg.attempt != 0) notes.emplace_back("attempt", std::to_string(leg.attempt));
  const auto digest = [&](const char* name, const std::optional<Part>& part) {
    if (part) notes.emplace_back(name, "sha256:" + part->sha256);
  };
  digest("request-header-digest", exchange.request);
  digest("interim-header-digest", exchange.interim);
  digest("response-header-digest", exchange.response);
  digest("trailer-digest", exchange.trailers);
  digest("body-digest", exchange.body);
  digest("decoded-body-digest", exchange.decoded);
  if (exchange.masked) notes.emplace_back("masked", "true");
  return notes;
}

void write(probes::WarcWriter& writer, KeptEvidence kept) {
  for (std::size_t index = 0; index < kept.legs.size(); ++index) {
    const probes::LegEvidence& leg = kept.legs[index];
    std::string_view previous;
    for (std::size_t hop = 0; hop < leg.exchanges.size(); ++hop) {
      const ManifestLeg& named = kept.manifest.legs[index];
      const bool last = hop + 1 == leg.exchanges.size();
      writer.add({.exchange = leg.exchanges[hop],
                  .leg = leg.leg,
                  .hop = static_cast<int>(hop),
                  .previous_url = previous,
                  .failure = last && leg.failure ? &*leg.failure : nullptr,
                  .notes = notes_of(kept.manifest, named, named.exchanges[hop])});
      previous = leg.exchanges[hop].hop.url;
    }
  }
}

}  // namespace

EvidenceWarc::EvidenceWarc(std::ostream& out, log::Instant newest, bool simulated, std::string_view software)
    : writer_(out, newest, about(simulated), software) {}

void EvidenceWarc::add(std::int64_t entry, log::Instant at, std::string_view url, KeptEvidence kept) {
  std::string manifest = std::move(kept.manifest_json);
  write(writer_, std::move(kept));
  writer_.add_document(at, url, {{"Linkaudit-Entry", std::to_string(entry)}}, std::move(manifest));
}

WarcCounts write_warc(const log::Log& log, const log::Horizon& horizon, const log::ObservationFilter& filter,
                      std::ostream& out) {
  EvidenceWarc warc(out, newest(log, horizon, filter), horizon.simulated);
  WarcCounts counts;
  log::for_each_observation(log, horizon, filter, [&](const log::LoggedObservation& logged) {
    const probes::Observation& seen = logged.observation;
    if (seen.evidence.empty()) return true;  // a person's word
    auto kept = kept_evidence(log, seen.evidence);
    if (!kept || !kept->whole) {
      ++counts.not_kept;
      return true;
    }
    ++counts.observations;
    warc.add(logged.entry, seen.at, seen.url, std::move(*kept));
    return out.good();
  });
  return counts;
}

}  // namespace linkaudit::run
