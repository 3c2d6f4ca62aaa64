// What the records of all types share. For the sources of records alone.
#pragma once

#include "audit/log/record.h"
#include "audit/log/record_parts.h"

namespace linkaudit::log {

RecordHead head_from(Fields& fields);
Digest digest_from(Fields& fields, const char* name);

// Parses, reads what all types share, lets `read` take the rest, and refuses what nobody asked for.
template <typename Read>
auto read_all(std::string_view record, RecordHead* head, Read read) {
  const nlohmann::json value = parse_record(record);
  Fields fields(value, "");
  RecordHead common = head_from(fields);
  auto result = read(fields, common);
  fields.refuse_others();
  if (head != nullptr) *head = common;
  return result;
}

}  // namespace linkaudit::log
