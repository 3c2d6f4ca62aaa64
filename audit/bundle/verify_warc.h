// The evidence of a bundle against the entries that commit to it.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "audit/bundle/parts.h"

namespace linkaudit::bundle {

// What the finding tells of, all of one world.
struct Told {
  std::map<std::int64_t, std::string> at;  // entry to the instant at which it was seen, as its record gives it
  bool simulated = false;
};

// Makes evidence.warc (ISO 28500:2017, as run::write_warc writes it) again from the manifests in it, the header blocks
// and the bodies, and compares byte by byte: so which exchanges there were, when, of which URL, and all else that a
// record says is what the manifests say, and these have the digests that their entries commit to. Which version of the
// program wrote it is all that is taken as it stands. `committed`: entry number to the digest, hex; those that were
// found go. Returns which header blocks (parts) the manifests name. Throws Misfit.
std::set<std::string> verify_warc(const Parts& parts, const Told& told, std::map<std::int64_t, std::string>& committed);

}  // namespace linkaudit::bundle
