#include "audit/query/labels.h"

#include "audit/words.h"
#include "probes/words.h"

namespace linkaudit::query {
namespace {

using reports::Badge;
using reports::Tone;

std::string seen_word(Language language, std::string_view group, std::string_view item) {
  return std::string(probes::word(code(language), std::string(group) + "." + std::string(item)));
}

std::string our_word(Language language, std::string_view group, std::string_view item) {
  return std::string(audit::word(code(language), std::string(group) + "." + std::string(item)));
}

struct Look {
  const char* symbol;
  Tone tone;
};

Look look_of(probes::Outcome outcome) {
  using probes::Outcome;
  switch (outcome) {
    case Outcome::direct: return {"✓", Tone::good};
    case Outcome::confirm: return {"△", Tone::fair};
    case Outcome::login_wall:
    case Outcome::external_browser:
    case Outcome::text_token:
    case Outcome::app_jump:
    case Outcome::blocked: return {"×", Tone::bad};
    case Outcome::challenge:
    case Outcome::unreachable:
    case Outcome::unclassified: return {"?", Tone::unknown};
  }
  return {"?", Tone::unknown};
}

Look look_of(law::Status status) {
  using law::Status;
  switch (status) {
    case Status::met: return {"✓", Tone::good};
    case Status::breached: return {"×", Tone::bad};
    case Status::undetermined: return {"?", Tone::unknown};
    case Status::exempt: return {"△", Tone::notice};
    case Status::not_due: return {"–", Tone::muted};
  }
  return {"?", Tone::unknown};
}

}  // namespace

std::string_view code(Language language) {
  return language == Language::zh ? "zh" : "en";
}

const std::string& in(Language language, const law::Bilingual& text) {
  const std::string& wanted = language == Language::zh ? text.zh : text.en;
  if (!wanted.empty()) return wanted;
  return language == Language::zh ? text.en : text.zh;
}

Badge badge(Language language, probes::Outcome outcome) {
  const Look look = look_of(outcome);
  return {std::string(name(outcome)), seen_word(language, "outcome", name(outcome)), look.symbol, look.tone};
}

Badge badge(Language language, law::Status status) {
  const Look look = look_of(status);
  return {std::string(name(status)), our_word(language, "status", name(status)), look.symbol, look.tone};
}

Badge not_looked_at(Language language) {
  return {"", our_word(language, "cell", "never"), "·", Tone::muted};
}

std::string label(Language language, probes::Tier tier) {
  return seen_word(language, "tier", name(tier));
}
std::string label(Language language, probes::Blame blame) {
  return seen_word(language, "blame", name(blame));
}
std::string label(Language language, probes::Presentation presentation) {
  return seen_word(language, "presentation", name(presentation));
}
std::string label(Language language, law::Confidence confidence) {
  return our_word(language, "confidence", name(confidence));
}
std::string label(Language language, law::Standing standing) {
  return our_word(language, "standing", name(standing));
}

std::string tier_mark(probes::Tier tier) {
  switch (tier) {
    case probes::Tier::in_app: return "A";
    case probes::Tier::gateway: return "G";
    case probes::Tier::target: return "T";
  }
  return {};
}

std::string platform_name(const catalog::Catalog& catalog, Language language, const std::string& platform) {
  const auto* found = catalog::find_platform(catalog, platform);
  return found == nullptr ? platform : in(language, found->name);
}

std::string context_name(const catalog::Catalog& catalog, Language language, const std::string& context) {
  const auto* found = catalog::find_context(catalog, context);
  if (found == nullptr) return context;
  const std::string host = context.substr(0, context.find('/'));
  const std::string gap = language == Language::zh ? "" : " ";
  return host_name(catalog, language, host) + gap + in(language, found->name);
}

std::string host_name(const catalog::Catalog& catalog, Language language, const std::string& host) {
  const auto* found = catalog::find_host(catalog, host);
  return found == nullptr ? host : in(language, found->name);
}

std::string obligation_title(const catalog::Catalog& catalog, Language language, const std::string& obligation) {
  for (const law::Obligation& each : catalog.obligations) {
    if (each.id == obligation) return in(language, each.title);
  }
  return obligation;
}

}  // namespace linkaudit::query
