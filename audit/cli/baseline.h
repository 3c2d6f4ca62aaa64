// A baseline: breaches that somebody accepts for a time. It is a list of waivers in a file of its own, asked for as
// much as any other waiver: by whom, why, until when.
#pragma once

#include <string>
#include <vector>

#include "audit/cli/session.h"
#include "audit/law/judge.h"

namespace linkaudit::cli {

// The catalog with the waivers of the file. Throws Refused when the file says anything else, names a waiver that the
// catalog has, or what the catalog would refuse.
catalog::Catalog with_baseline(const Session& session, catalog::Catalog catalog, const std::string& path);

// A file of these breaches, to be filled in: it is refused until each has a justification and an approver. In force
// from the day of `as_of` on, for `days` days. Throws Refused when the file is there.
void write_baseline(const std::string& path, const catalog::Catalog& catalog, const std::vector<law::Finding>& breaches,
                    law::Instant as_of, int days);

}  // namespace linkaudit::cli
