#include "audit/cli/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "audit/law/calendar.h"
#include "audit/log/checkpoint_file.h"
#include "audit/query/cover.h"
#include "audit/words.h"
#include "reports/words.h"

namespace linkaudit::cli {
namespace {

constexpr const char* kDefaultCatalog = "linkaudit.yaml";
constexpr std::size_t kMostCatalogBytes = 16 * 1024 * 1024;

}  // namespace

reports::Language Session::language() const {
  return globals.language == "en" ? reports::Language::en : reports::Language::zh;
}

Format Session::format() const {
  if (globals.format == "json") return Format::json;
  if (globals.format == "ndjson") return Format::ndjson;
  if (globals.format == "csv") return Format::csv;
  return Format::text;
}

catalog::Catalog Session::load_catalog(const std::vector<std::pair<std::string, std::string>>& overlays,
                                       catalog::Purpose purpose) const {
  return load_catalog_of(catalog_paths(), overlays, purpose);
}

std::vector<std::string> Session::catalog_paths() const {
  std::vector<std::string> paths = globals.catalogs;
  if (paths.empty() && std::filesystem::exists(kDefaultCatalog)) paths.emplace_back(kDefaultCatalog);
  return paths;
}

catalog::Catalog Session::load_catalog_of(const std::vector<std::string>& paths,
                                          const std::vector<std::pair<std::string, std::string>>& overlays,
                                          catalog::Purpose purpose) const {
  std::vector<catalog::Source> sources;
  for (const std::string& path : paths) sources.push_back({path, read_file(path, kMostCatalogBytes)});
  for (const auto& [name, text] : overlays) sources.push_back({name, text});
  auto loaded = catalog::load(std::move(sources), true, purpose);
  if (loaded) {
    secret_parameters_ = loaded->secret_parameters;
    return std::move(*loaded);
  }
  std::string problems;
  for (const catalog::CatalogError& error : loaded.error()) {
    if (!problems.empty()) problems += '\n';
    problems += error.message();
  }
  throw Refused(problems);
}

std::vector<std::string> Session::secret_parameters() const {
  if (!secret_parameters_.empty()) return secret_parameters_;
  const auto built_in = catalog::load({});
  return built_in ? built_in->secret_parameters : std::vector<std::string>();
}

log::Log Session::open_log() {
  wrote_ = true;
  out.exceptions(std::ios::goodbit);  // whoever reads what is printed may go: what is being written is finished
  const std::string file = log::checkpoint_file_of(globals.database), note = log::last_note_of(file);
  log::Log log = log::Log::open(globals.database);
  log::require_fit(log, file, note);
  return log;
}

log::Log Session::read_log() const {
  if (!std::filesystem::exists(globals.database)) {
    throw Refused(globals.database + ": no such database; run, import or attest makes it");
  }
  if (!wrote_) out.exceptions(std::ios::badbit);  // ends the command when nobody reads any more
  return log::Log::open_read_only(globals.database);
}

probes::Instant Session::instant(const std::string& option, const std::string& text,
                                 const catalog::Catalog& catalog) const {
  if (text.empty()) return now();
  const auto parsed = law::parse_instant_or_date(text, catalog.zone);
  if (!parsed) {
    throw Refused(option + ": \"" + text + "\" is no instant; valid are 2022-01-27T23:59:59+08:00 and 2022-01-27");
  }
  return *parsed;
}

std::string Session::word(std::string_view key) const {
  return std::string(audit::word(query::code(language()), key));
}

void Session::say_if_simulated(const catalog::Catalog& catalog) const {
  if (!catalog.simulated || format() != Format::text) return;
  const std::string own(reports::word(query::code(language()), "simulated_note"));
  out << reports::word("en", "simulated") << ' ' << reports::word("zh", "simulated") << " · " << own << "\n\n";
}

void Session::say_horizon(const log::Horizon& horizon, const catalog::Catalog& catalog) const {
  if (format() == Format::text) out << query::horizon_in_words({catalog, language()}, horizon) << "\n\n";
}

void Session::only(std::initializer_list<Format> formats) const {
  if (std::find(formats.begin(), formats.end(), format()) != formats.end()) return;
  throw Refused("--format: " + globals.format + " is not for this command; linkaudit --help lists what prints tables");
}

std::string absolute_path(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

std::string read_file(const std::string& path, std::size_t most) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Refused(path + ": cannot be read: " + std::strerror(errno));
  std::string text;
  char buffer[65536];
  while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(file.gcount()));
    if (text.size() > most) throw Refused(path + ": is larger than " + std::to_string(most) + " bytes");
  }
  if (file.bad()) throw Refused(path + ": cannot be read: " + std::strerror(errno));
  return text;
}

}  // namespace linkaudit::cli
