#include "tests/fuzz/slow_rules.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>

#include "probes/page/ascii.h"
#include "probes/page/url.h"

namespace linkaudit::fuzz {
namespace {

using probes::Condition;
using probes::Rule;
using probes::SeenPage;

bool matches(const std::string& text, const std::string& pattern) {
  static std::map<std::string, std::unique_ptr<RE2>> compiled;
  std::unique_ptr<RE2>& regex = compiled[pattern];
  if (!regex) regex = std::make_unique<RE2>(pattern);
  return RE2::PartialMatch(text, *regex);
}

std::vector<std::string> texts_of(const SeenPage& page) {
  if (page.page == nullptr) return {};
  std::vector<std::string> texts = {page.page->text, page.page->source, page.page->title};
  page.page->json.for_each([&](std::string_view, std::string_view value) { texts.emplace_back(value); });
  return texts;
}

// An empty list asks nothing.
template <typename Value, typename Fits>
bool any_or_none(const std::vector<Value>& values, Fits fits) {
  return values.empty() || std::ranges::any_of(values, fits);
}

bool header_holds(const probes::HeaderCondition& wanted, const SeenPage& page) {
  return std::ranges::any_of(page.headers, [&](const auto& header) {
    return probes::equals_ignoring_case(header.first, wanted.name) && matches(header.second, wanted.regex);
  });
}

bool json_holds(const probes::JsonCondition& wanted, const SeenPage& page) {
  if (page.page == nullptr) return false;
  std::string name = wanted.variable + "." + wanted.field;
  for (std::size_t at = 0; (at = name.find('[', at)) != std::string::npos;) name[at] = '.';
  std::erase(name, ']');
  const auto found = page.page->json.find(name);
  return found.has_value() && (wanted.value.empty() || *found == wanted.value);
}

bool holds(const Condition& wanted, const SeenPage& page) {
  const std::vector<std::string> texts = texts_of(page);
  const auto in_texts = [&](const std::string& phrase) {
    return std::ranges::any_of(texts, [&](const auto& text) { return text.find(phrase) != std::string::npos; });
  };
  const auto in_host = [&](const std::string& domain) {
    return probes::in_domain(probes::host_of(page.url), probes::to_lower(domain));
  };
  const auto in_path = [&](const std::string& start) { return probes::path_of(page.url).starts_with(start); };
  const bool url = any_or_none(wanted.url_host, in_host) && any_or_none(wanted.url_path, in_path) &&
                   any_or_none(wanted.url, [&](const std::string& exact) { return exact == page.url; }) &&
                   (wanted.url_regex.empty() || matches(page.url, wanted.url_regex));
  const auto in_any_text = [&](const std::string& text) { return matches(text, wanted.body_regex); };
  const bool body = any_or_none(wanted.body_any, in_texts) && std::ranges::all_of(wanted.body_all, in_texts) &&
                    (wanted.body_regex.empty() || std::ranges::any_of(texts, in_any_text));
  const bool title =
      wanted.title_regex.empty() || (page.page != nullptr && matches(page.page->title, wanted.title_regex));
  return url && body && title && any_or_none(wanted.status, [&](int status) { return status == page.status; }) &&
         (!wanted.header || header_holds(*wanted.header, page)) && (!wanted.json || json_holds(*wanted.json, page));
}

// Whether the rule is about this page at all: whose page it is comes first.
bool concerns(const Rule& rule, const probes::Classifier::Owner& owner, const std::string& host,
              const std::string& platform) {
  if (!rule.host.empty() && rule.host != host) return false;
  if (!rule.platform.empty() && rule.platform != platform) return false;
  if (rule.by == probes::RuleParty::host) return !host.empty() && owner.host == host;
  return owner.host.empty() || (!platform.empty() && owner.platform == platform);
}

}  // namespace

const Rule* first_rule_by_hand(const probes::Knowledge& knowledge, const probes::Classifier& owners,
                               const SeenPage& page, const std::string& host, const std::string& platform) {
  const probes::Classifier::Owner owner = owners.owner_of(page.url);
  for (const Rule& rule : knowledge.rules) {
    if (!concerns(rule, owner, host, platform)) continue;
    if (std::ranges::any_of(rule.not_if, [&](const Condition& exception) { return holds(exception, page); })) continue;
    if (holds(rule.when, page)) return &rule;
  }
  return nullptr;
}

}  // namespace linkaudit::fuzz
