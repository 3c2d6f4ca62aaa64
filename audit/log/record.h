// The canonical JSON of each entry type. An observation is written in two parts: the record, with what differs from one
// look to the next, and its stable facts, which the record names by digest, so that facts that repeat are stored once.
#pragma once

#include <functional>
#include <string>

#include "audit/log/hash.h"
#include "audit/log/kept.h"
#include "audit/log/read.h"

namespace linkaudit::log {

struct Written {
  EntryType type = EntryType::observation;
  Instant at{};
  std::string record;  // canonical JSON
  std::string facts;   // canonical JSON, "" when the type has none
  Digest facts_digest{};
  std::string identity;  // attestations only: the record without recorded_at
};

// `kept`: of what an observation or a catalog names by digest.
Written write_record(const NewEntry& entry, Instant recorded_at, Hasher& hasher, Kept kept = Kept::no);

// Times are kept to 0.001 ms; all else comes back as it was, but for bytes that were not UTF-8.
// All throw std::invalid_argument naming the field that does not fit.
struct RecordHead {
  EntryType type = EntryType::observation;
  Instant at{}, recorded_at{};
  std::optional<Digest> facts;
  Kept kept = Kept::no;
};

// The stable part; all other fields of the result have their defaults.
probes::Observation read_facts(std::string_view facts);
// Gives what read_facts made of the facts with this digest.
using FindFacts = std::function<const probes::Observation&(const Digest&)>;
NewObservation read_observation(std::string_view record, const FindFacts& find_facts, RecordHead* head = nullptr);
Gap read_gap(std::string_view record, RecordHead* head = nullptr);
RunRecord read_run(std::string_view record, RecordHead* head = nullptr);
Annotation read_annotation(std::string_view record, RecordHead* head = nullptr);
WaiverRecord read_waiver(std::string_view record, RecordHead* head = nullptr);
IssuedReport read_report(std::string_view record, RecordHead* head = nullptr);
Remark read_remark(std::string_view record, RecordHead* head = nullptr);
// An entry of type annotation is either of these; a remark is of the kind of that name.
bool is_remark(std::string_view record);
CatalogRecord read_catalog(std::string_view record, RecordHead* head = nullptr);  // without its text
// Of any type; the rest of the record is not looked at.
RecordHead read_head(std::string_view record);

}  // namespace linkaudit::log
