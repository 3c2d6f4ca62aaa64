// Ends of legs, to be compared.
#pragma once

#include <utility>

#include "probes/classify.h"

namespace linkaudit::probes {

inline Failure failure_of(FailureName name, long code = 0) {
  Failure failure;
  failure.name = name;
  failure.layer = layer_of(name);
  failure.code = code;
  return failure;
}

inline LegVerdict served(bool detail = false, const char* url = "https://shop.example/other", const char* title = "") {
  LegVerdict leg;
  leg.end = LegEnd::served;
  leg.detail = detail;
  leg.final_url = url;
  leg.title = title;
  return leg;
}

inline LegVerdict page() {
  return served(false, "https://shop.example/item", "Tea");
}

inline LegVerdict by_rule(LegEnd end, Outcome outcome, const char* rule) {
  LegVerdict leg;
  leg.end = end;
  leg.outcome = outcome;
  leg.rule = {rule, 2};
  return leg;
}
inline LegVerdict stopped(Outcome outcome = Outcome::blocked) {
  return by_rule(LegEnd::stopped, outcome, "stop");
}
inline LegVerdict refused(Outcome outcome, const char* rule) {
  return by_rule(LegEnd::refused, outcome, rule);
}

inline LegVerdict status(LegEnd end, long code) {
  LegVerdict leg;
  leg.end = end;
  leg.failure = failure_of(FailureName::http_status, code);
  return leg;
}
inline LegVerdict forbidden() {
  return status(LegEnd::refused, 403);
}
inline LegVerdict gone() {
  return status(LegEnd::down, 404);
}

inline LegVerdict down(FailureName name = FailureName::tcp_reset) {
  LegVerdict leg;
  leg.end = LegEnd::down;
  leg.failure = failure_of(name);
  return leg;
}
inline LegVerdict limit() {
  LegVerdict leg = down(FailureName::body_too_large);
  leg.end = LegEnd::limit;
  return leg;
}
inline LegVerdict at_host(LegVerdict leg) {
  leg.failed_on_host_app = true;
  return leg;
}
inline LegVerdict elsewhere(LegVerdict leg) {
  leg.unknown_page = true;
  return leg;
}
inline LegVerdict blank(LegVerdict leg) {
  leg.nothing_shown = true;
  return leg;
}
inline LegVerdict suspected(LegVerdict leg) {
  leg.facts["script_redirect_suspected"] = "yes";
  return leg;
}

inline Comparison legs(LegVerdict control, LegVerdict context) {
  return {std::move(control), std::move(context), std::nullopt, false};
}

inline Comparison with_gateway(Comparison comparison, LegVerdict gateway_control, bool seen_again) {
  comparison.gateway_control = std::move(gateway_control);
  comparison.seen_again = seen_again;
  return comparison;
}

}  // namespace linkaudit::probes
