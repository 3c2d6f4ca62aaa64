// The table of blame, row by row: the control leg D against the context leg H.
#include <string_view>

#include "probes/classify.h"

namespace linkaudit::probes {
namespace {

// What the control leg says about the target. Unclear: an answer that is neither its page nor a refusal, such as status
// 400, somebody else's page, or the host app's own.
enum class Control { served, refused, unclear, down, limit };

Control control_of(const LegVerdict& control) {
  switch (control.end) {
    case LegEnd::served: return control.unknown_page ? Control::unclear : Control::served;
    case LegEnd::refused: return Control::refused;
    case LegEnd::down: return Control::down;
    case LegEnd::limit: return Control::limit;
    case LegEnd::stopped: return Control::unclear;
  }
  return Control::unclear;
}

// Whether the target answers somebody: then a failure in the context is not its being down.
bool is_alive(Control control) {
  return control == Control::served || control == Control::refused;
}

RuleReference built_in(const char* id) {
  return {id, 1};
}

Judged judged(Outcome outcome, Blame blame, RuleReference rule) {
  Judged out;
  out.outcome = outcome;
  out.blame = blame;
  out.rule = std::move(rule);
  if (outcome == Outcome::direct) out.steps = 0;
  if (outcome == Outcome::confirm) out.steps = 1;
  return out;
}

// The rule that the context's page met is named though nothing follows from it: nobody needs to write another.
Judged unclassified(const LegVerdict& context) {
  return judged(Outcome::unclassified, Blame::unknown, context.rule);
}

// An outcome that rests on a failure: soft when that is the network's.
Judged failed(Outcome outcome, Blame blame, const Failure& failure) {
  const bool network = is_network_failure(failure.name);
  const bool status = failure.name == FailureName::http_status;
  const char* rule = network ? "builtin-network-failure" : status ? "builtin-status" : "builtin-failure";
  const bool bound = layer_of(failure.name) == Layer::limit && !network;
  Judged out = judged(outcome, blame, built_in(bound ? "builtin-limit" : rule));
  out.failure = failure;
  out.hard = !network;
  return out;
}

const Failure& failure_of(const LegVerdict& leg) {
  static const Failure unknown;
  return leg.failure ? *leg.failure : unknown;
}

std::string_view without_fragment(std::string_view url) {
  return url.substr(0, url.find('#'));
}

bool same_page(const LegVerdict& control, const LegVerdict& context) {
  if (!context.final_url.empty() && without_fragment(control.final_url) == without_fragment(context.final_url)) {
    return true;
  }
  return !context.title.empty() && control.title == context.title;
}

bool same_refusal(const LegVerdict& control, const LegVerdict& context) {
  if (control.rule.id != context.rule.id) return false;
  return !context.rule.id.empty() || failure_of(control).code == failure_of(context).code;
}

bool stops_every_link(const Comparison& legs) {
  const auto& gateway = legs.gateway_control;
  return legs.context.end == LegEnd::stopped && gateway && gateway->end == LegEnd::stopped &&
         gateway->rule.id == legs.context.rule.id;
}

Judged host_stops(const LegVerdict& context, Control control) {
  if (!context.outcome || (!is_alive(control) && control != Control::down)) return unclassified(context);
  Judged out = judged(*context.outcome, Blame::host, context.rule);
  if (control == Control::down) {
    out.blame = Blame::unknown;
    out.notes.push_back("target_down");
  } else {
    out.context_specific = true;
  }
  return out;
}

// By status: no word on the link. A rate limit doubts us; what the others mean nobody can tell.
Judged host_server_refuses(const LegVerdict& context) {
  if (context.outcome != Outcome::challenge) return unclassified(context);
  Judged out = judged(Outcome::challenge, Blame::unknown, context.rule);
  out.failure = context.failure;
  return out;
}

Judged platform_refuses(const Comparison& legs, Control control) {
  const LegVerdict& context = legs.context;
  if (!is_alive(control)) return unclassified(context);
  if (context.failed_on_host_app) return host_server_refuses(context);
  Judged out = judged(context.outcome.value_or(Outcome::blocked), Blame::platform,
                      context.rule.id.empty() ? built_in("builtin-status") : context.rule);
  out.failure = context.failure;
  if (control == Control::served) out.context_specific = true;
  if (control == Control::refused && same_refusal(legs.control, context)) out.context_specific = false;
  return out;
}

Judged page_shown(const Comparison& legs, Control control) {
  const LegVerdict& context = legs.context;
  if (context.unknown_page) return unclassified(context);
  if (context.detail && control != Control::limit && control != Control::unclear) {
    Judged out = judged(Outcome::direct, Blame::none, built_in("builtin-detail-marker"));
    if (control == Control::refused) out.notes.push_back("control_refused");
    if (control == Control::down) out.notes.push_back("control_failed");
    return out;
  }
  if (control == Control::served && !context.nothing_shown && same_page(legs.control, context)) {
    return judged(Outcome::direct, Blame::none, built_in("builtin-same-page"));
  }
  return unclassified(context);
}

// The host app's own hop failed while the target answers.
Judged host_fails(const Comparison& legs) {
  const Failure& failure = failure_of(legs.context);
  // An answer that we cannot decode did arrive: what it would have said nobody knows.
  const bool network = is_network_failure(failure.name) && failure.name != FailureName::decode_error;
  const bool gateway_passes = legs.gateway_control && gateway_works(*legs.gateway_control);
  if (network && gateway_passes && legs.seen_again) {
    Judged out = failed(Outcome::blocked, Blame::host, failure);
    out.context_specific = true;
    return out;
  }
  Judged out = failed(Outcome::unreachable, Blame::unknown, failure);
  // A gateway that answers, if only with an error, is down when it does not open its own control either.
  if (network || (legs.gateway_control && !gateway_passes)) out.notes.push_back("gateway_down");
  return out;
}

Judged context_down(const Comparison& legs, Control control) {
  const Failure& failure = failure_of(legs.context);
  if (control == Control::down) {
    Judged out = failed(Outcome::unreachable, Blame::target_down, failure);
    out.hard = out.hard && !is_network_failure(failure_of(legs.control).name);
    return out;
  }
  if (!is_alive(control)) return unclassified(legs.context);
  if (legs.context.failed_on_host_app) return host_fails(legs);
  if (failure.name != FailureName::http_status) return failed(Outcome::unreachable, Blame::unknown, failure);
  return control == Control::served ? platform_refuses(legs, control) : unclassified(legs.context);
}

Judged judge(const Comparison& legs, Control control) {
  const LegEnd context = legs.context.end;
  if (context == LegEnd::limit) return failed(Outcome::unreachable, Blame::unknown, failure_of(legs.context));
  const bool page_of_the_platform = context == LegEnd::served && !legs.context.unknown_page;
  if (control == Control::limit && !page_of_the_platform) {
    return failed(Outcome::unreachable, Blame::unknown, failure_of(legs.control));
  }
  switch (context) {
    case LegEnd::served: return page_shown(legs, control);
    case LegEnd::refused: return platform_refuses(legs, control);
    case LegEnd::stopped: return host_stops(legs.context, control);
    case LegEnd::down: return context_down(legs, control);
    case LegEnd::limit: break;
  }
  return unclassified(legs.context);
}

}  // namespace

Judged compare(const Comparison& legs) {
  const Control control = control_of(legs.control);
  Judged out = judge(legs, control);
  const LegVerdict& context = legs.context;
  if (out.outcome == Outcome::unclassified && context.failure) {  // unknown is whose it is, not what went wrong
    out.failure = context.failure;
    out.hard = !is_network_failure(context.failure->name);
  }
  if (stops_every_link(legs)) out.notes.push_back("link_specific=false");
  if (control == Control::unclear && context.end != LegEnd::limit) out.notes.push_back("control_unclear");
  if (context.facts.contains("script_redirect_suspected")) out.notes.push_back("script_redirect_suspected");
  return out;
}

}  // namespace linkaudit::probes
