#include "tests/probes/failures/seeing.h"

#include <algorithm>
#include <sstream>
#include <variant>

#include "tests/probes/failures/acting.h"

namespace linkaudit::probes {
namespace {

// Of one leg, or of both where they differ.
template <typename Of>
std::string cell(const Failure* context, const Failure* control, Of of) {
  if (context == nullptr && control == nullptr) return "-";
  const std::string first = of(context != nullptr ? *context : *control);
  const std::string second = of(control != nullptr ? *control : *context);
  return first == second ? first : first + " and " + second;
}

std::string joined(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += (text.empty() ? "" : " ") + note;
  return text.empty() ? "-" : text;
}

std::string yes_or_no(std::optional<bool> value) {
  return value ? *value ? "true" : "false" : "-";
}

// Of names with commas between them: those that follow their like are left out.
std::string each_once(const std::string& names) {
  std::string kept, last, name;
  for (std::istringstream rest(names); std::getline(rest, name, ','); last = name) {
    if (name != last) kept += (kept.empty() ? "" : ",") + name;
  }
  return kept;
}

void fill(Row& row, const Observation& seen) {
  const Failure* context = seen.failure ? &*seen.failure : nullptr;
  const Failure* control = seen.control->failure ? &*seen.control->failure : nullptr;
  row.failure = cell(context, control, [](const Failure& each) { return std::string(name(each.name)); });
  row.layer = cell(context, control, [](const Failure& each) { return std::string(name(each.layer)); });
  row.code = cell(context, control, [](const Failure& each) { return std::to_string(each.code); });
  row.text = cell(context, control, [](const Failure& each) { return each.text; });
  row.context_hop = context == nullptr ? "-" : std::to_string(context->hop);
  row.control_hop = control == nullptr ? "-" : std::to_string(control->hop);
  const auto earlier = seen.facts.find("earlier_failures");
  row.earlier = earlier == seen.facts.end() ? "-" : each_once(earlier->second);
  row.control = name(seen.control->end);
  row.outcome = name(seen.outcome);
  row.blame = name(seen.blame);
  row.context_specific = yes_or_no(seen.context_specific);
  row.hard = yes_or_no(seen.hard);
  row.notes = joined(seen.notes);
}

void fill_gap(Row& row, const std::string& reason) {
  for (const auto column : {&Row::failure, &Row::layer, &Row::context_hop, &Row::control_hop, &Row::code, &Row::earlier,
                            &Row::control, &Row::blame, &Row::context_specific, &Row::hard, &Row::text}) {
    row.*column = "-";
  }
  row.outcome = "gap";
  row.notes = reason;
}

std::string fault_of(const Failure& failure, Leg leg, const std::vector<Hop>& hops) {
  if (failure.leg != leg) return "a failure of another leg: " + std::string(name(failure.leg));
  if (failure.hop + 1 != static_cast<int>(hops.size())) return "the failure is not at the last hop";
  if (failure.text.empty()) return "a failure without a text";
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  return std::ranges::any_of(failure.text, control) ? "control characters in " + failure.text : "";
}

std::string fault_of(const Observation& seen) {
  std::string fault = seen.failure ? fault_of(*seen.failure, Leg::context, seen.hops) : "";
  if (fault.empty() && seen.control->failure)
    fault = fault_of(*seen.control->failure, Leg::control, seen.control->hops);
  return fault;
}

void run(const Acting& acting, const ProberSettings& settings, std::vector<std::size_t> rows,
         std::vector<RowSeen>& seen) {
  std::vector<Target> targets;
  for (const std::size_t row : rows) targets.push_back(acting.target_of(row));
  const auto sink = [&](const ProbeResult& result) {
    if (const auto* probed = std::get_if<Probed>(&result)) {
      RowSeen& row = seen[rows[probed->target]];
      fill(row.seen, probed->observation);
      row.fault = fault_of(probed->observation);
    } else {
      const auto& missing = std::get<NotProbed>(result);
      RowSeen& row = seen[rows[missing.target]];
      fill_gap(row.seen, missing.reason);
      row.fault.clear();
    }
  };
  probe(
      settings, targets, [] { return kNow; }, sink, {}, acting.look_up());
}

}  // namespace

std::vector<RowSeen> see(const Behaviour& behaviour, const Certificates& certificates, const std::string& ca_file,
                         const std::vector<Row>& rows) {
  const Acting acting(behaviour, certificates, ca_file, rows);
  std::vector<RowSeen> seen;
  std::vector<std::size_t> while_it_holds, while_it_breaks;
  for (std::size_t index = 0; index < rows.size(); ++index) {
    seen.push_back({rows[index], rows[index], "nothing was given for its target"});
    (rows[index].when == "line_breaks" ? while_it_breaks : while_it_holds).push_back(index);
  }
  run(acting, acting.settings(), while_it_holds, seen);
  ProberSettings breaking = acting.settings();
  breaking.network.canaries = {"http://canary.example/canary"};
  run(acting, breaking, while_it_breaks, seen);
  return seen;
}

}  // namespace linkaudit::probes
