#include "audit/cli/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/catalog/node.h"
#include "audit/law/calendar.h"
#include "reports/file.h"

namespace linkaudit::cli {
namespace {

constexpr std::size_t kMostBaselineBytes = 16 * 1024 * 1024;

std::string at(const std::string& path, const catalog::Place& place) {
  return path + ":" + std::to_string(place.line) + ": ";
}

bool has_waiver(const catalog::Catalog& catalog, const std::string& id) {
  return std::any_of(catalog.waivers.begin(), catalog.waivers.end(),
                     [&](const law::Waiver& waiver) { return waiver.id == id; });
}

// Laid over the catalog it could do anything a catalog can: it may add waivers, and nothing else.
void require_only_new_waivers(const std::string& text, const std::string& path, const catalog::Catalog& catalog) {
  const auto parsed = catalog::parse_yaml(text, path);
  if (!parsed) throw Refused(at(path, parsed.error().place) + parsed.error().text);
  for (const auto& [key, value] : parsed->fields()) {
    if (key == "version" || key == "waivers") continue;
    throw Refused(at(path, value.place()) + key + ": is not for a baseline; valid keys are version, waivers");
  }
  const catalog::Node* waivers = parsed->find("waivers");
  if (waivers == nullptr) return;
  for (const catalog::Node& waiver : waivers->items()) {
    const catalog::Node* id = waiver.find("id");
    if (id != nullptr && has_waiver(catalog, id->text())) {
      throw Refused(at(path, id->place()) + "waivers." + id->text() +
                    ": the catalog has this waiver already; a baseline adds others");
    }
  }
}

// JSON is YAML: whatever the text, it stays one text.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}

std::string waiver_of(const law::Finding& breach, const std::string& id, const law::Date& from, const law::Date& until,
                      const std::string& zone) {
  const std::string shown = breach.outcome ? std::string(name(*breach.outcome)) : std::string("-");
  const std::string sure = breach.confidence ? std::string(name(*breach.confidence)) : std::string("-");
  return fmt::format(
      "  - id: {}  # {}, {}, since {}\n"
      "    obligations: [{}]\n"
      "    scope: {{platforms: [{}], contexts: [{}]}}\n"
      "    justification: \"\"\n"
      "    approver: \"\"\n"
      "    from: {}\n"
      "    expires: {}\n"
      "    zone: {}\n",
      quoted(id), shown, sure, breach.since ? law::format_instant(*breach.since, zone) : std::string("-"),
      quoted(breach.obligation), quoted(breach.platform), quoted(breach.context), law::format_date(from),
      law::format_date(until), quoted(zone));
}

}  // namespace

catalog::Catalog with_baseline(const Session& session, catalog::Catalog catalog, const std::string& path) {
  if (path.empty()) return catalog;
  const std::string text = read_file(path, kMostBaselineBytes);
  require_only_new_waivers(text, path, catalog);
  return session.load_catalog({{path, text}});
}

void write_baseline(const std::string& path, const catalog::Catalog& catalog, const std::vector<law::Finding>& breaches,
                    law::Instant as_of, int days) {
  if (std::filesystem::exists(std::filesystem::symlink_status(path))) {
    throw Refused("--write-baseline: " + path + " is there already");
  }
  const law::Date from = law::date_at(as_of, catalog.zone);
  const law::Date until =
      law::date_at(law::start_of_day(from, catalog.zone) + std::chrono::hours(24 * days + 12), catalog.zone);
  std::string text =
      "# Breaches to be accepted for a time, as waivers. Each needs a justification and an approver: without them it "
      "is\n"
      "# refused. It stays measured, is shown as exempt with what it would be, and bites again when it expires.\n"
      "version: 1\nwaivers:";
  int number = 0;
  for (const law::Finding& breach : breaches) {
    std::string id;
    do id = fmt::format("baseline-{}-{}", law::format_date(from), ++number);
    while (has_waiver(catalog, id));
    text += (number == 1 ? "\n" : "") + waiver_of(breach, id, from, until, catalog.zone);
  }
  if (breaches.empty()) text += " []\n";
  reports::replace_file_by_stream(path, [&](std::ostream& out) { out << text; });
}

}  // namespace linkaudit::cli
