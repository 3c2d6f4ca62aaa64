#include "audit/cli/annotations.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/output.h"
#include "audit/query/as_json.h"
#include "audit/run/secrets.h"
#include "audit/run/waivers.h"

namespace linkaudit::cli {

std::optional<log::Log> log_if_there(Session& session) {
  if (!std::filesystem::exists(session.globals.database)) return std::nullopt;
  return session.open_log();
}

log::Log log_that_is_there(Session& session) {
  auto log = log_if_there(session);
  if (!log) throw Refused(session.globals.database + ": no such database; run, import or attest makes it");
  return std::move(*log);
}

void record(const Session& session, const catalog::Catalog& catalog, log::Log& log, log::Annotation annotation) {
  annotation.at = session.now();
  run::mask(annotation, catalog.secret_parameters);
  std::vector<log::NewEntry> entries = run::waiver_entries(catalog, log, annotation.at);
  entries.emplace_back(annotation);
  const std::int64_t entry = log.append(entries, annotation.at).back();
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    const auto said = query::to_json(log::LoggedAnnotation{entry, annotation.at, annotation});
    print_json(session, {{"annotations", nlohmann::json::array({said})}}, "annotations");
    return;
  }
  const std::string key = "annotation." + std::string(name(annotation.kind)) + ".recorded";
  session.say_if_simulated(catalog);
  session.out << fmt::format(fmt::runtime(session.word(key)), entry, annotation.about) << '\n';
}

}  // namespace linkaudit::cli
