// One record of a WARC file (ISO 28500:2017, WARC 1.1).
#pragma once

#include <iosfwd>
#include <string>

#include "probes/warc/fields.h"

namespace linkaudit::probes {

struct WarcRecord {
  std::string type;  // warcinfo, request, response, metadata
  Instant date{};
  WarcFields fields;  // what is particular to it, in order
  std::string content_type, block;
};

// A record with its name and digests (sha256, in lower-case hex).
class SealedRecord {
 public:
  // `beside`: what else tells it from a record that holds the same.
  explicit SealedRecord(WarcRecord record, std::string_view beside = {});

  // "<urn:uuid:...>", a UUID of version 8 (RFC 9562) made of the SHA-256 of all its fields, its block and `beside`: the
  // same record has the same name wherever and whenever it is written.
  const std::string& id() const { return id_; }

  // `warcinfo_id` is "" for the warcinfo record itself; it is no part of what names this one.
  void write(std::ostream& out, const std::string& warcinfo_id) const;

 private:
  std::string type_, id_, rest_of_head_, block_;
};

}  // namespace linkaudit::probes
