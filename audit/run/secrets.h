// Secrets must not reach the log: parameters of URLs that the catalog names, cookies and credentials are masked before
// anything is digested or stored, and so they are in what persons type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/catalog/credentials.h"
#include "audit/log/log.h"
#include "probes/observation.h"

namespace linkaudit::run {

inline constexpr std::string_view kMask = catalog::kHidden;
using catalog::mask_parameters;
using catalog::mask_words;

// The parameters of a URL; user:password@ is removed as well.
std::string mask_url(const std::string& url, const std::vector<std::string>& parameters);

// Masks every URL that an observation holds and, of an attestation, all that was typed.
void mask(probes::Observation& observation, const std::vector<std::string>& parameters);

// What persons type, in whichever entry: once they are made, and before they are compared with what the log has.
void mask(log::Annotation& said, const std::vector<std::string>& parameters);
void mask(log::Remark& remark, const std::vector<std::string>& parameters);
void mask(log::WaiverRecord& waiver, const std::vector<std::string>& parameters);

}  // namespace linkaudit::run
