#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "audit/run/attestation.h"

namespace linkaudit::run {
namespace {

constexpr std::ptrdiff_t kRequired = 5;  // the first so many of attestation_fields()

}  // namespace

const std::vector<std::string>& attestation_fields() {
  static const std::vector<std::string> names = {"at",    "link",         "context",    "outcome",  "observer",
                                                 "steps", "presentation", "client",     "source",   "facts",
                                                 "note",  "blame",        "valid_days", "corrects", "screenshot"};
  return names;
}

bool is_required(const std::string& field) {
  const auto& names = attestation_fields();
  return std::find(names.begin(), names.begin() + kRequired, field) != names.begin() + kRequired;
}

std::string header_problem(const std::vector<std::string>& header, std::size_t& at) {
  const std::vector<std::string>& known = attestation_fields();
  for (std::size_t index = 0; index < header.size(); ++index) {
    at = index;
    const std::string& column = header[index];
    if (std::find(known.begin(), known.end(), column) == known.end()) {
      return fmt::format("\"{}\" is no column; valid are {}", column, fmt::join(known, ", "));
    }
    if (std::count(header.begin(), header.end(), column) > 1) return fmt::format("column {} stands twice", column);
  }
  at = 0;
  for (const std::string& field : known) {
    if (is_required(field) && std::find(header.begin(), header.end(), field) == header.end()) {
      return fmt::format("column {} is missing", field);
    }
  }
  return {};
}

}  // namespace linkaudit::run
