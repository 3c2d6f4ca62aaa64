// Whether what an entry names by digest was stored along with it, as its record says.
#pragma once

#include "audit/log/fields.h"
#include "audit/log/json_writer.h"

namespace linkaudit::log {

enum class Kept {
  no,      // or an older record, or one that was imported: nothing is said
  newest,  // in a slot, until the next look
  stays,
};

void write_kept(JsonWriter& out, Kept kept);
Kept kept_from(Fields& fields);

}  // namespace linkaudit::log
