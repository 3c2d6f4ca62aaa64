#include "audit/run/waivers.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "audit/law/calendar.h"
#include "audit/log/read.h"
#include "audit/run/secrets.h"

namespace linkaudit::run {
namespace {

std::map<std::string, std::vector<std::string>> lists_of(const law::ScopeTerms& terms) {
  std::map<std::string, std::vector<std::string>> lists;
  const auto add = [&](const char* key, const std::vector<std::string>& ids) {
    if (!ids.empty()) lists[key] = ids;
  };
  add("hosts", terms.hosts);
  add("contexts", terms.contexts);
  add("kinds", terms.kinds);
  add("platforms", terms.platforms);
  add("categories", terms.categories);
  add("links", terms.links);
  return lists;
}

log::WaiverRecord record_of(const law::Waiver& waiver, const std::vector<std::string>& parameters) {
  log::WaiverRecord record;
  record.id = waiver.id;
  record.justification = waiver.justification;
  record.approver = waiver.approver;
  record.from = law::format_date(waiver.from);
  record.expires = law::format_date(waiver.expires);
  record.zone = waiver.zone;
  record.scope = lists_of(waiver.scope.terms);
  record.except = lists_of(waiver.scope.except);
  record.obligations = waiver.obligations;
  mask(record, parameters);
  return record;
}

bool say_the_same(const log::WaiverRecord& left, const log::WaiverRecord& right) {
  const auto said = [](const log::WaiverRecord& record) {
    return std::tie(record.justification, record.approver, record.from, record.expires, record.zone, record.scope,
                    record.except, record.obligations);
  };
  return said(left) == said(right);
}

// By id, as they were last known; those that went are left out.
std::map<std::string, log::WaiverRecord> known_in(const log::Log& log, bool simulated) {
  log::Horizon horizon;
  horizon.simulated = simulated;
  std::map<std::string, log::WaiverRecord> known;
  for (const log::LoggedWaiver& each : log::waivers(log, horizon)) {
    if (each.record.change == log::WaiverChange::withdrawn) {
      known.erase(each.record.id);
    } else {
      known[each.record.id] = each.record;
    }
  }
  return known;
}

}  // namespace

std::vector<log::NewEntry> waiver_entries(const catalog::Catalog& catalog, const log::Log& log, probes::Instant now) {
  std::map<std::string, log::WaiverRecord> known = known_in(log, catalog.simulated);
  std::vector<log::NewEntry> entries;
  const auto add = [&](log::WaiverRecord record, log::WaiverChange change) {
    record.at = now;
    record.change = change;
    record.catalog_version = catalog.version;
    record.simulated = catalog.simulated;
    entries.emplace_back(std::move(record));
  };
  for (const law::Waiver& waiver : catalog.waivers) {
    const log::WaiverRecord record = record_of(waiver, catalog.secret_parameters);
    const auto before = known.find(waiver.id);
    if (before == known.end()) {
      add(record, log::WaiverChange::added);
    } else {
      if (!say_the_same(before->second, record)) add(record, log::WaiverChange::changed);
      known.erase(before);
    }
  }
  if (known.empty()) return entries;
  const auto newest = log.entry(log.size());
  for (auto& [id, record] : known) {
    if (newest) record.last_known = newest->recorded_at;
    add(record, log::WaiverChange::withdrawn);
  }
  return entries;
}

}  // namespace linkaudit::run
