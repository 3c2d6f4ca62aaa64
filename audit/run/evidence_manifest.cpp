// to_json(): keys in canonical order, written without a tree of values in between, since every look makes a manifest.
#include "audit/run/evidence_manifest.h"

#include "audit/log/instant_text.h"
#include "audit/log/json_writer.h"

namespace linkaudit::run {
namespace {

using log::JsonWriter;

void write_flag(JsonWriter& out, std::string_view name, bool value) {
  out.key(name);
  out.boolean(value);
}

void write_part(JsonWriter& out, std::string_view name, const Part& part) {
  out.key(name);
  out.begin_object();
  out.field("bytes", part.bytes);
  out.field("sha256", part.sha256);
  out.end_object();
}

void write_part(JsonWriter& out, std::string_view name, const std::optional<Part>& part) {
  if (part) write_part(out, name, *part);
}

void write_failure(JsonWriter& out, const probes::Failure& failure) {
  out.key("failure");
  out.begin_object();
  out.field("code", std::int64_t{failure.code});
  out.field("hop", std::int64_t{failure.hop});
  out.field("layer", name(failure.layer));
  out.field("leg", name(failure.leg));
  out.field("name", name(failure.name));
  out.field("text", failure.text);
  out.end_object();
}

void write_exchange(JsonWriter& out, const ManifestExchange& exchange, std::int64_t hop) {
  out.begin_object();
  out.field_if("address", exchange.hop.address);
  out.field("at", log::instant_text(exchange.at));
  write_part(out, "body", exchange.body);
  write_part(out, "decoded", exchange.decoded);
  out.field("hop", hop);
  out.field_if("http_version", exchange.hop.http_version);
  write_part(out, "interim", exchange.interim);
  if (exchange.masked) write_flag(out, "masked", true);
  write_part(out, "request", exchange.request);
  write_part(out, "response", exchange.response);
  out.field("status", std::int64_t{exchange.hop.status});
  out.field_if("tls_chain_sha256", exchange.hop.tls_chain_sha256);
  out.field_if("tls_cipher", exchange.hop.tls_cipher);
  out.field_if("tls_version", exchange.hop.tls_version);
  write_part(out, "trailers", exchange.trailers);
  out.field_if("truncated", exchange.truncated);
  out.field("url", exchange.hop.url);
  out.field_if("via", exchange.hop.via);
  out.end_object();
}

// A leg is about the link itself unless it says what else.
void write_leg(JsonWriter& out, const ManifestLeg& leg, const std::string& url) {
  out.begin_object();
  if (leg.attempt != 0) out.field("attempt", std::int64_t{leg.attempt});
  out.key("exchanges");
  out.begin_array();
  std::int64_t hop = 0;
  for (const ManifestExchange& exchange : leg.exchanges) write_exchange(out, exchange, hop++);
  out.end_array();
  if (leg.failed_again) write_flag(out, "failed_again", true);
  if (leg.failure) write_failure(out, *leg.failure);
  out.field("leg", name(leg.leg));
  if (leg.link_url != url) out.field("url", leg.link_url);
  out.end_object();
}

bool is_masked(const Manifest& manifest) {
  for (const ManifestLeg& leg : manifest.legs) {
    for (const ManifestExchange& exchange : leg.exchanges) {
      if (exchange.masked) return true;
    }
  }
  return false;
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  JsonWriter out;
  out.begin_object();
  out.field("at", log::instant_text(manifest.at));
  out.field("context", manifest.context);
  write_part(out, "heads", manifest.heads);
  out.key("legs");
  out.begin_array();
  for (const ManifestLeg& leg : manifest.legs) write_leg(out, leg, manifest.url);
  out.end_array();
  out.field_if("link", manifest.link);
  write_flag(out, "masked", is_masked(manifest));
  out.field("url", manifest.url);
  out.field_if("vantage", manifest.vantage);
  out.field("version", std::int64_t{1});
  out.end_object();
  return out.take();
}

}  // namespace linkaudit::run
