// What a person saw, from text to an observation: checked against the catalog, or one line that says what is wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "probes/observation.h"

namespace linkaudit::run {

// Fields by name, as on the command line and in the columns of an import: at, link, context, outcome, observer
// (required); steps, presentation, client, source, facts ("NAME=VALUE;NAME=VALUE"), note, blame, valid_days, corrects
// (the number of the entry in whose place it stands; then the note says why).
using AttestationFields = std::map<std::string, std::string>;

// What a person says, and which entry it corrects.
struct Attestation {
  probes::Observation seen;
  std::optional<std::int64_t> corrects;
  std::string screenshot;  // a file; its digest is in `seen` when take_screenshot() has read it
};

// Gives the SHA-256, hex, of a picture that is going to be kept, or what is wrong with the file, as "FILE: ...".
using KeepScreenshot = std::function<tl::expected<std::string, std::string>(const std::string& file)>;
// What is wrong, as "screenshot: ...", "" when nothing is.
std::string take_screenshot(Attestation& said, const KeepScreenshot& keep);

// Names of all fields, the required ones first.
const std::vector<std::string>& attestation_fields();
bool is_required(const std::string& field);

// `now` bounds `at`: nobody has seen the future. Blame is the host's unless said, nobody's for direct, unknown for
// outcomes that cannot tell. The error is a line for each field that does not fit: "outcome: ...; valid are ...".
tl::expected<Attestation, std::vector<std::string>> attestation_from(const AttestationFields& fields,
                                                                     const catalog::Catalog& catalog,
                                                                     probes::Instant now);

// What is wrong with a header line, "" when nothing is; then `at` is the column it is about, from 0.
std::string header_problem(const std::vector<std::string>& header, std::size_t& at);

// A CSV file (UTF-8, with or without BOM, RFC 4180, a header line with names of fields): all rows, or every bad line as
// "NAME:LINE: what is wrong". `known` is the log that they will be appended to, nullptr while there is none;
// without `keep` no line may have a screenshot.
tl::expected<std::vector<log::NewEntry>, std::vector<std::string>> attestations_from_csv(
    std::string_view text, const std::string& name, const catalog::Catalog& catalog, probes::Instant now,
    const log::Log* known = nullptr, const KeepScreenshot& keep = {});

// The same from an Excel workbook: the first sheet whose first row has the columns that are required. Every bad cell as
// "NAME:B7: what is wrong". Empty lines are passed over.
tl::expected<std::vector<log::NewEntry>, std::vector<std::string>> attestations_from_xlsx(
    const std::string& bytes, const std::string& name, const catalog::Catalog& catalog, probes::Instant now,
    const log::Log* known = nullptr, const KeepScreenshot& keep = {});

}  // namespace linkaudit::run
