#include "audit/log/interchange.h"

#include <simdjson.h>

#include <nlohmann/json.hpp>

#include "audit/log/instant_text.h"
#include "audit/log/log_state.h"
#include "audit/log/read.h"
#include "audit/log/record_parts.h"

namespace linkaudit::log {
namespace {

constexpr std::size_t kMostFactsRead = 4'096;

// Without what is only true of one log. `"recorded_at":"...",` and `"kept":true,` stand once in a canonical record: in
// no text can these quotes stand unescaped.
std::string identity_of(std::string_view record) {
  constexpr std::string_view kMember = "\"recorded_at\":\"", kKept = "\"kept\":true,";
  const std::size_t begin = record.find(kMember);
  if (begin == std::string_view::npos) return std::string(record);
  const std::size_t end = record.find('"', begin + kMember.size());
  std::string identity(record.substr(0, begin));
  if (const std::size_t kept = identity.find(kKept); kept != std::string::npos) identity.erase(kept, kKept.size());
  return identity.append(record.substr(std::min(end, record.size())));
}

// The member `type`, before all is read: in a canonical record this can stand nowhere else.
EntryType type_in(std::string_view record) {
  constexpr std::string_view kMember = "\"type\":\"";
  const std::size_t begin = record.find(kMember);
  const std::string_view rest = begin == std::string_view::npos ? "" : record.substr(begin + kMember.size());
  const auto type = entry_type_from(rest.substr(0, rest.find('"')));
  if (!type) throw std::invalid_argument("the record has no type that is known");
  return *type;
}

// Until the next line is parsed.
std::string_view text_in(const simdjson::dom::object& line, const char* name) {
  std::string_view text;
  if (line[name].get_string().get(text) != simdjson::SUCCESS) {
    throw std::invalid_argument(std::string(name) + " is no text");
  }
  return text;
}

// By the index of the projection that has one; the others are few.
const char* entries_at(EntryType type) {
  switch (type) {
    case EntryType::gap:
      return "SELECT e.seq, e.record FROM gap AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?";
    case EntryType::run:
      return "SELECT e.seq, e.record FROM run AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?";
    case EntryType::catalog:
      return "SELECT e.seq, e.record FROM catalog AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?";
    case EntryType::annotation:
      return "SELECT e.seq, e.record FROM annotation AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?1 "
             "UNION ALL SELECT e.seq, e.record FROM remark AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?1";
    case EntryType::waiver:
      return "SELECT e.seq, e.record FROM waiver AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?";
    case EntryType::report:
      return "SELECT e.seq, e.record FROM report AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?";
    default: return "SELECT e.seq, e.record FROM observation AS p JOIN entry AS e ON e.seq = p.entry WHERE p.at = ?";
  }
}

}  // namespace

void for_each_line(const Log& log, std::int64_t first, std::int64_t last,
                   const std::function<bool(const std::string& line)>& each) {
  log.for_each_entry(first, last, [&](const Entry& entry) {
    nlohmann::json line = {{"entry", entry.seq}, {"leaf", to_hex(entry.leaf)}, {"record", entry.record}};
    if (const auto digest = read_head(entry.record).facts) line["facts"] = fact(log, to_hex(*digest)).value_or("");
    return each(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  });
}

// Lines are texts within a text, nearly all of them: taking those apart is half of reading them.
struct LineReader::Parser {
  simdjson::dom::parser parser;
};

LineReader::LineReader() : parser_(std::make_unique<Parser>()) {}
LineReader::~LineReader() = default;

const probes::Observation& LineReader::facts(const Digest& digest, const std::string& text) {
  if (hasher_(text) != digest) throw std::invalid_argument("facts do not have the digest that the record names");
  if (const auto found = known_.find(text); found != known_.end()) return found->second;
  if (known_.size() >= kMostFactsRead) known_.clear();
  return known_.emplace(text, read_facts(text)).first->second;
}

NewEntry LineReader::content(const std::string& record, const std::string& facts_text, RecordHead& head) {
  switch (type_in(record)) {
    case EntryType::observation:
    case EntryType::attestation:
      return read_observation(
          record, [&](const Digest& digest) -> const probes::Observation& { return facts(digest, facts_text); }, &head);
    case EntryType::gap: return read_gap(record, &head);
    case EntryType::run: return read_run(record, &head);
    case EntryType::catalog: return read_catalog(record, &head);
    case EntryType::annotation:
      if (is_remark(record)) return read_remark(record, &head);
      return read_annotation(record, &head);
    case EntryType::waiver: return read_waiver(record, &head);
    case EntryType::report: return read_report(record, &head);
  }
  throw std::invalid_argument("a record of this type cannot be imported");
}

NewEntry LineReader::read(std::string_view line) {
  return read(line, false);
}

NewEntry LineReader::read_again(std::string_view line) {
  return read(line, true);
}

NewEntry LineReader::read(std::string_view text, bool proved) {
  simdjson::dom::object line;
  if (parser_->parser.parse(text.data(), text.size()).get_object().get(line) != simdjson::SUCCESS) {
    throw std::invalid_argument("is no JSON object");
  }
  const std::string record(text_in(line, "record"));
  if (!proved && text_in(line, "leaf") != to_hex(leaf_hash(hasher_, record))) {
    throw std::invalid_argument("leaf is not the hash of the record");
  }
  const bool has_facts = line["facts"].error() == simdjson::SUCCESS;
  RecordHead head;
  NewEntry entry = content(record, has_facts ? std::string(text_in(line, "facts")) : std::string(), head);
  if (!proved && write_record(entry, head.recorded_at, hasher_, head.kept).record != record) {
    throw std::invalid_argument("the record holds what this program does not know; a newer one may");
  }
  identity_ = identity_of(record);
  if (line["entry"].get_int64().get(number_) != simdjson::SUCCESS) number_ = 0;
  return entry;
}

EntryType type_of(const NewEntry& entry) {
  if (const auto* seen = std::get_if<NewObservation>(&entry)) {
    return seen->observation.method == "attestation" ? EntryType::attestation : EntryType::observation;
  }
  if (std::holds_alternative<Gap>(entry)) return EntryType::gap;
  if (std::holds_alternative<Annotation>(entry) || std::holds_alternative<Remark>(entry)) return EntryType::annotation;
  if (std::holds_alternative<IssuedReport>(entry)) return EntryType::report;
  if (std::holds_alternative<WaiverRecord>(entry)) return EntryType::waiver;
  return std::holds_alternative<RunRecord>(entry) ? EntryType::run : EntryType::catalog;
}

Instant instant_of(const NewEntry& entry) {
  if (const auto* seen = std::get_if<NewObservation>(&entry)) return seen->observation.at;
  return std::visit(
      [](const auto& value) {
        if constexpr (requires { value.at; })
          return value.at;
        else
          return value.observation.at;
      },
      entry);
}

std::optional<std::int64_t> entry_of(const Log& log, EntryType type, Instant at, std::string_view identity) {
  return guarded(log.path(), [&]() -> std::optional<std::int64_t> {
    Query query = log.state().connection.query(entries_at(type));
    for (query.with(milliseconds_of(at)); query.step();) {
      if (identity_of(log.state().record(query.bytes(1))) == identity) return query.integer(0);
    }
    return std::nullopt;
  });
}

std::string identity_of(const NewEntry& entry) {
  Hasher hasher;
  return identity_of(write_record(entry, {}, hasher).record);
}

}  // namespace linkaudit::log
