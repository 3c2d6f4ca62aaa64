#include "audit/log/kept.h"

#include <nlohmann/json.hpp>

namespace linkaudit::log {
namespace {

constexpr const char *kMemberKept = "kept", *kUntilTheNext = "newest";

}  // namespace

void write_kept(JsonWriter& out, Kept kept) {
  if (kept == Kept::no) return;
  out.key(kMemberKept);
  if (kept == Kept::stays) {
    out.boolean(true);
  } else {
    out.text(kUntilTheNext);
  }
}

Kept kept_from(Fields& fields) {
  const nlohmann::json* value = fields.find(kMemberKept);
  if (value == nullptr) return Kept::no;
  if (*value == kUntilTheNext) return Kept::newest;
  if (!value->is_boolean()) fields.fail(kMemberKept, "is neither true nor \"newest\"");
  return value->get<bool>() ? Kept::stays : Kept::no;
}

}  // namespace linkaudit::log
