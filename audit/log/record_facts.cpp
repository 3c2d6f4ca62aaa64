// The stable part of an observation: what repeats from one look to the next.
#include "audit/log/record_parts.h"

namespace linkaudit::log {
namespace {

void write_stable_hops(JsonWriter& out, const std::vector<probes::Hop>& hops) {
  if (hops.empty()) return;
  out.key("hops");
  out.begin_array();
  for (const probes::Hop& hop : hops) {
    out.begin_object();
    out.field_if("http_version", hop.http_version);
    out.field("status", std::int64_t{hop.status});
    out.field_if("tls_chain_sha256", hop.tls_chain_sha256);
    out.field_if("tls_cipher", hop.tls_cipher);
    out.field_if("tls_version", hop.tls_version);
    out.field("url", hop.url);
    out.field_if("via", hop.via);
    out.end_object();
  }
  out.end_array();
}

void write_stable_page(JsonWriter& out, const std::optional<probes::Page>& page) {
  if (!page) return;
  out.key("page");
  out.begin_object();
  out.field_if("charset", page->charset);
  out.field("final_url", page->final_url);
  out.field("title", page->title);
  if (page->truncated) {
    out.key("truncated");
    out.boolean(true);
  }
  out.end_object();
}

void write_stable_control(JsonWriter& out, const std::optional<probes::ControlResult>& control) {
  if (!control) return;
  out.key("control");
  out.begin_object();
  out.field("end", name(control->end));
  write_stable_hops(out, control->hops);
  if (control->outcome) out.field("outcome", name(*control->outcome));
  write_stable_page(out, control->page);
  write_rule(out, control->rule);
  out.end_object();
}

}  // namespace

std::string stable_facts(const probes::Observation& seen) {
  JsonWriter out;
  out.begin_object();
  write_stable_control(out, seen.control);
  if (!seen.facts.empty()) {
    out.key("facts");
    out.begin_object();
    for (const auto& [key, value] : in_order<std::string_view>(seen.facts)) out.field(key, value);
    out.end_object();
  }
  write_stable_hops(out, seen.hops);
  if (!seen.notes.empty()) {
    out.key("notes");
    out.begin_array();
    for (const std::string& note : seen.notes) out.text(note);
    out.end_array();
  }
  write_stable_page(out, seen.page);
  out.field("url", seen.url);
  out.end_object();
  return out.take();
}

}  // namespace linkaudit::log
