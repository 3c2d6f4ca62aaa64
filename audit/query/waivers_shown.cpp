#include "audit/query/waivers_shown.h"

#include <algorithm>
#include <map>
#include <string>

#include "audit/law/calendar.h"

namespace linkaudit::query {
namespace {

using Lists = std::map<std::string, std::vector<std::string>>;

law::ScopeTerms terms_of(Lists lists) {
  return {lists["hosts"], lists["contexts"], lists["kinds"], lists["platforms"], lists["categories"], lists["links"]};
}

law::Waiver waiver_of(const log::WaiverRecord& record) {
  law::Waiver waiver;
  waiver.id = record.id;
  waiver.scope = {terms_of(record.scope), terms_of(record.except)};
  waiver.justification = record.justification;
  waiver.approver = record.approver;
  waiver.from = law::parse_date(record.from).value_or(law::Date{});
  waiver.expires = law::parse_date(record.expires).value_or(law::Date{});
  waiver.zone = record.zone;
  waiver.obligations = record.obligations;
  return waiver;
}

// What the log knows of each waiver, by id.
struct Known {
  std::vector<WaiverMark> marks;
  log::WaiverRecord newest;

  bool withdrawn() const { return newest.change == log::WaiverChange::withdrawn; }
};

std::map<std::string, Known> known_in(const log::Log& log, const log::Horizon& horizon) {
  std::map<std::string, Known> known;
  for (const log::LoggedWaiver& each : log::waivers(log, horizon)) {
    Known& of = known[each.record.id];
    of.marks.push_back({each.record.change, each.record.at, each.entry});
    of.newest = each.record;
  }
  return known;
}

ShownWaiver state_of(const law::WaiverUse& use) {
  switch (use.state) {
    case law::WaiverState::not_begun: return ShownWaiver::not_begun;
    case law::WaiverState::in_force: return ShownWaiver::in_force;
    case law::WaiverState::expired: return ShownWaiver::expired;
  }
  return ShownWaiver::expired;
}

std::optional<law::Instant> last_entry_at(const log::Log& log) {
  const auto newest = log.entry(log.size());
  return newest ? std::optional(newest->recorded_at) : std::nullopt;
}

}  // namespace

std::string_view name(ShownWaiver state) {
  switch (state) {
    case ShownWaiver::not_begun: return name(law::WaiverState::not_begun);
    case ShownWaiver::in_force: return name(law::WaiverState::in_force);
    case ShownWaiver::expired: return name(law::WaiverState::expired);
    case ShownWaiver::withdrawn: return "withdrawn";
  }
  return {};
}

std::vector<law::Waiver> waivers_known(const log::Log& log, const log::Horizon& horizon) {
  std::vector<const Known*> standing;
  const std::map<std::string, Known> known = known_in(log, horizon);
  for (const auto& [id, each] : known) {
    if (!each.withdrawn()) standing.push_back(&each);
  }
  std::ranges::sort(standing, {}, [](const Known* each) { return each->marks.front().entry; });
  std::vector<law::Waiver> waivers;
  for (const Known* each : standing) waivers.push_back(waiver_of(each->newest));
  return waivers;
}

std::vector<WaiverShown> waivers_shown(const log::Log& log, const log::Horizon& horizon,
                                       std::span<const law::Waiver> judged_by, std::span<const law::WaiverUse> uses) {
  std::map<std::string, Known> known = known_in(log, horizon);
  std::vector<WaiverShown> all;
  for (std::size_t i = 0; i < judged_by.size(); ++i) {
    WaiverShown& shown = all.emplace_back();
    shown.waiver = judged_by[i];
    shown.use = uses[i];
    shown.state = state_of(uses[i]);
    const auto found = known.find(shown.waiver.id);
    if (found == known.end()) continue;
    shown.marks = std::move(found->second.marks);
    shown.recorded = !found->second.withdrawn() && waiver_of(found->second.newest) == shown.waiver;
    known.erase(found);
  }
  for (auto& [id, each] : known) {
    WaiverShown& shown = all.emplace_back();
    shown.waiver = waiver_of(each.newest);
    shown.state = ShownWaiver::withdrawn;
    shown.recorded = each.withdrawn();
    shown.marks = std::move(each.marks);
    shown.last_known = shown.recorded ? each.newest.last_known : last_entry_at(log);
  }
  return all;
}

}  // namespace linkaudit::query
