// By which rules the entries that a finding rests on were read.
#pragma once

#include <optional>

#include "audit/log/log.h"
#include "audit/query/changes.h"

namespace linkaudit::query {

enum class ReadOtherwise {
  no,
  same_page,     // the page is the same to the byte, and read by another rule or another version of one
  another_page,  // another version of a rule read another page: what changed, nobody can tell apart
};

struct RuleChange {
  ReadOtherwise how = ReadOtherwise::no;
  std::optional<Reason> reason;
};

// Of a change between what was seen at two instants. Pages without a digest, and words of persons, tell nothing.
RuleChange rule_change(const log::Log& log, const law::Finding& before, const law::Finding& after);

}  // namespace linkaudit::query
