// manifest_from_json().
#include <nlohmann/json.hpp>

#include "audit/log/fields.h"
#include "audit/run/evidence_manifest.h"

namespace linkaudit::run {
namespace {

using log::Fields;
using nlohmann::json;

Part part_from(const json& value, const std::string& place) {
  Fields fields(value, place);
  Part part;
  part.bytes = fields.integer("bytes", 0);
  part.sha256 = fields.required_text("sha256");
  return part;
}

std::optional<Part> part_from(Fields& outer, const char* name) {
  const json* value = outer.find(name);
  return value == nullptr ? std::nullopt : std::optional(part_from(*value, outer.place_of(name) + "."));
}

const json& list_from(Fields& outer, const char* name) {
  const json& list = outer.require(name);
  if (!list.is_array()) outer.fail(name, "is not a list");
  return list;
}

ManifestExchange exchange_from(const json& value, const std::string& place) {
  Fields fields(value, place);
  ManifestExchange exchange;
  exchange.at = fields.required_instant("at");
  exchange.hop.url = fields.required_text("url");
  exchange.hop.status = fields.small_integer("status").value_or(0);
  exchange.hop.via = fields.text("via");
  exchange.hop.address = fields.text("address");
  exchange.hop.http_version = fields.text("http_version");
  exchange.hop.tls_version = fields.text("tls_version");
  exchange.hop.tls_cipher = fields.text("tls_cipher");
  exchange.hop.tls_chain_sha256 = fields.text("tls_chain_sha256");
  exchange.request = part_from(fields, "request");
  exchange.interim = part_from(fields, "interim");
  exchange.response = part_from(fields, "response");
  exchange.trailers = part_from(fields, "trailers");
  exchange.body = part_from(fields, "body");
  exchange.decoded = part_from(fields, "decoded");
  exchange.truncated = fields.text("truncated");
  exchange.masked = fields.boolean("masked", false);
  return exchange;
}

ManifestLeg leg_from(const json& value, const std::string& place, const std::string& url) {
  Fields fields(value, place);
  ManifestLeg leg;
  leg.leg = fields.required_named("leg", probes::leg_from);
  leg.link_url = fields.find("url") == nullptr ? url : fields.text("url");
  leg.attempt = fields.small_integer("attempt").value_or(0);
  leg.failed_again = fields.boolean("failed_again", false);
  if (const json* failure = fields.find("failure")) leg.failure = log::failure_from_json(*failure, place + "failure.");
  for (const json& exchange : list_from(fields, "exchanges")) {
    leg.exchanges.push_back(
        exchange_from(exchange, place + "exchanges[" + std::to_string(leg.exchanges.size()) + "]."));
  }
  return leg;
}

}  // namespace

Manifest manifest_from_json(std::string_view text) {
  const json value = json::parse(text, nullptr, false);
  if (value.is_discarded()) throw std::invalid_argument("the manifest is not JSON");
  Fields fields(value, "");
  if (fields.integer("version", 0) != 1) fields.fail("version", "is not known");
  Manifest manifest;
  manifest.at = fields.required_instant("at");
  manifest.link = fields.text("link");
  manifest.url = fields.text("url");
  manifest.vantage = fields.text("vantage");
  manifest.context = fields.required_text("context");
  manifest.heads = part_from(fields.require("heads"), "heads.");
  for (const json& leg : list_from(fields, "legs")) {
    manifest.legs.push_back(leg_from(leg, "legs[" + std::to_string(manifest.legs.size()) + "].", manifest.url));
  }
  return manifest;
}

}  // namespace linkaudit::run
