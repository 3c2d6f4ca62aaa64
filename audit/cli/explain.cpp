#include "audit/cli/explain.h"

#include <fmt/format.h>

#include <ostream>
#include <string>

#include "audit/log/instant_text.h"
#include "audit/query/labels.h"
#include "audit/words.h"
#include "probes/words.h"
#include "reports/text.h"

namespace linkaudit::cli {
namespace {

// Everything here was written by somebody else's server: shown as one line of plain text.
std::string safe(const std::string& text) {
  return reports::plain_text(text, reports::Breaks::join);
}

class Teller {
 public:
  Teller(const catalog::Catalog& catalog, reports::Language language, std::ostream& out)
      : catalog_(catalog), language_(language), out_(out) {}

  void tell(const probes::Observation& seen) {
    const std::string link = seen.link.empty() ? std::string() : seen.link + "  ";
    out_ << link << safe(seen.url) << '\n';
    line("check.context",
         query::context_name(catalog_, language_, seen.context) + " (" + query::label(language_, seen.tier) + ")");
    hops(seen.hops, "    ");
    for (const probes::Attempt& attempt : seen.earlier) earlier(attempt);
    if (seen.failure) failure(*seen.failure);
    if (seen.page && !seen.page->title.empty()) line("check.title", safe(seen.page->title));
    const reports::Badge badge = query::badge(language_, seen.outcome);
    line("check.outcome", badge.symbol + " " + badge.label);
    line("check.blame", query::label(language_, seen.blame));
    if (!seen.rule.id.empty()) line("check.rule", seen.rule.id + " v" + std::to_string(seen.rule.version));
    facts(seen);
    if (seen.control) control(*seen.control);
    out_ << '\n';
  }

 private:
  std::string ours(std::string_view key) const { return std::string(audit::word(query::code(language_), key)); }
  std::string theirs(const std::string& key) const { return std::string(probes::word(query::code(language_), key)); }

  void line(std::string_view key, const std::string& text) { out_ << "  " << ours(key) << text << '\n'; }

  void hops(const std::vector<probes::Hop>& hops, const std::string& indent) {
    int number = 0;
    for (const probes::Hop& hop : hops) {
      out_ << indent << ++number << ". ";
      if (hop.status != 0) out_ << hop.status << ' ';
      out_ << safe(hop.url);
      if (!hop.via.empty()) out_ << "  → " << theirs("via." + hop.via);
      out_ << '\n';
    }
  }

  void failure(const probes::Failure& failure) {
    line("check.failure", theirs("failure." + std::string(name(failure.name))) + " (" +
                              std::string(name(failure.name)) + "; " + safe(failure.text) + ")");
  }

  void earlier(const probes::Attempt& attempt) {
    const probes::Failure& failure = attempt.failure;
    line("check.earlier", fmt::format("{} {} {}: {}", log::instant_text(attempt.at), name(failure.leg),
                                      safe(attempt.url), name(failure.name)) +
                              " (" + safe(failure.text) + ")");
  }

  void facts(const probes::Observation& seen) {
    std::string text;
    for (const auto& [key, value] : seen.facts) text += (text.empty() ? "" : ", ") + key + "=" + safe(value);
    if (!text.empty()) line("check.facts", text);
    for (const std::string& note : seen.notes) line("check.note", theirs("note." + note.substr(0, note.find('='))));
    if (!seen.hard) line("check.note", ours("check.soft"));
  }

  void control(const probes::ControlResult& control) {
    const bool unclear = control.end == probes::LegEnd::served && !control.outcome;
    line("check.control", unclear ? theirs("end.unclear") : theirs("end." + std::string(name(control.end))));
    hops(control.hops, "    ");
    if (control.failure) failure(*control.failure);
  }

  const catalog::Catalog& catalog_;
  reports::Language language_;
  std::ostream& out_;
};

}  // namespace

void explain(const probes::Observation& seen, const catalog::Catalog& catalog, reports::Language language,
             std::ostream& out) {
  Teller(catalog, language, out).tell(seen);
}

}  // namespace linkaudit::cli
