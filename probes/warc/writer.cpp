#include "probes/warc/writer.h"

#include <fmt/format.h>

#include <ostream>

#include "probes/page/digest.h"
#include "probes/warc/http_form.h"
#include "probes/warc/record.h"

namespace linkaudit::probes {
namespace {

// Identifiers of the proposed fields WARC-Protocol and WARC-Cipher-Suite, which writers of archives already use.
void add_protocols(WarcFields& fields, const Hop& hop) {
  constexpr std::string_view tls = "TLSv";
  if (!hop.http_version.empty()) {
    fields.emplace_back("WARC-Protocol", hop.http_version == "2" ? "h2" : "http/" + hop.http_version);
  }
  if (!hop.tls_version.starts_with(tls)) return;
  const std::string version = hop.tls_version.substr(tls.size());
  fields.emplace_back("WARC-Protocol", "tls/" + (version == "1" ? "1.0" : version));
  if (hop.tls_cipher.starts_with("TLS_")) fields.emplace_back("WARC-Cipher-Suite", hop.tls_cipher);  // IANA's name
}

WarcRecord record_of(std::string type, const ExchangeEvidence& exchange) {
  WarcRecord record;
  record.type = std::move(type);
  record.date = exchange.at;
  record.fields.emplace_back("WARC-Target-URI", warc_uri(exchange.hop.url));
  if (!exchange.hop.address.empty()) record.fields.emplace_back("WARC-IP-Address", exchange.hop.address);
  return record;
}

SealedRecord response_of(const ExchangeEvidence& exchange, const std::string& notes) {
  WarcRecord record = record_of("response", exchange);
  add_protocols(record.fields, exchange.hop);
  if (!exchange.truncated.empty()) record.fields.emplace_back("WARC-Truncated", exchange.truncated);
  record.fields.emplace_back("WARC-Payload-Digest", "sha256:" + sha256_hex(exchange.body));
  record.content_type = "application/http;msgtype=response";
  record.block = response_in_http1(exchange.response) + exchange.body;
  return SealedRecord(std::move(record), exchange.request + notes);  // two may ask and get the same answer
}

SealedRecord request_of(const ExchangeEvidence& exchange, const std::string& response_id, const std::string& notes) {
  WarcRecord record = record_of("request", exchange);
  if (!response_id.empty()) record.fields.emplace_back("WARC-Concurrent-To", response_id);
  add_protocols(record.fields, exchange.hop);
  record.content_type = "application/http;msgtype=request";
  record.block = request_in_http1(exchange.request);
  return SealedRecord(std::move(record), notes);
}

SealedRecord metadata_of(const ExchangeEvidence& exchange, const std::string& leading_id, const std::string& notes) {
  WarcRecord record = record_of("metadata", exchange);
  if (!leading_id.empty()) record.fields.emplace_back("WARC-Concurrent-To", leading_id);
  record.content_type = "application/warc-fields";
  record.block = notes;
  return SealedRecord(std::move(record));
}

std::string notes_of(const ArchivedExchange& archived) {
  WarcFields notes;
  if (!archived.previous_url.empty()) notes.emplace_back("via", warc_uri(archived.previous_url));
  if (archived.hop > 0) notes.emplace_back("hopsFromSeed", std::string(static_cast<std::size_t>(archived.hop), 'R'));
  notes.emplace_back("leg", name(archived.leg));
  notes.emplace_back("hop", std::to_string(archived.hop));
  if (!archived.exchange.hop.via.empty()) notes.emplace_back("left-by", archived.exchange.hop.via);
  if (archived.failure != nullptr) {
    notes.emplace_back("failure", name(archived.failure->name));
    notes.emplace_back("failure-text", archived.failure->text);
  }
  notes.insert(notes.end(), archived.notes.begin(), archived.notes.end());
  return in_lines(notes);
}

}  // namespace

WarcWriter::WarcWriter(std::ostream& out, Instant date, const WarcFields& about, std::string_view software)
    : out_(out) {
  WarcRecord record;
  record.type = "warcinfo";
  record.date = date;
  record.content_type = "application/warc-fields";
  WarcFields fields = {
      {"software", std::string(software.empty() ? "linkaudit/" LINKAUDIT_VERSION : software)},
      {"format", "WARC File Format 1.1"},
      {"conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
  };
  fields.insert(fields.end(), about.begin(), about.end());
  record.block = in_lines(fields);
  const SealedRecord sealed(std::move(record));
  sealed.write(out_, "");
  warcinfo_id_ = sealed.id();
}

void WarcWriter::add(const ArchivedExchange& archived) {
  const ExchangeEvidence& exchange = archived.exchange;
  const std::string notes = notes_of(archived);
  std::vector<SealedRecord> records;
  std::string response_id;
  if (!exchange.response.empty()) {
    records.push_back(response_of(exchange, notes));
    response_id = records.back().id();
  }
  if (!exchange.request.empty()) {
    // Before the answer to it, but it names that.
    records.insert(records.begin(), request_of(exchange, response_id, notes));
  }
  const std::string leading_id = !response_id.empty() || records.empty() ? response_id : records.back().id();
  records.push_back(metadata_of(exchange, leading_id, notes));
  if (!written_.insert(records.back().id()).second) return;
  for (const SealedRecord& record : records) record.write(out_, warcinfo_id_);
}

void WarcWriter::add_document(Instant date, std::string_view url, const WarcFields& fields, std::string json) {
  WarcRecord record;
  record.type = "metadata";
  record.date = date;
  record.fields.emplace_back("WARC-Target-URI", warc_uri(url));
  record.fields.insert(record.fields.end(), fields.begin(), fields.end());
  record.content_type = "application/json";
  record.block = std::move(json);
  SealedRecord(std::move(record)).write(out_, warcinfo_id_);
}

}  // namespace linkaudit::probes
