#include "probes/page/rules.h"

#include <algorithm>
#include <stdexcept>

#include "probes/page/ascii.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

bool found(const std::vector<bool>& matches, int number) {
  return number >= 0 && static_cast<std::size_t>(number) < matches.size() && matches[static_cast<std::size_t>(number)];
}

bool url_fits(const Condition& condition, const std::string& url, const std::string& host) {
  const auto any = [](const std::vector<std::string>& values, const auto& fits) {
    return values.empty() || std::any_of(values.begin(), values.end(), fits);
  };
  return any(condition.url_host, [&](const std::string& domain) { return in_domain(host, to_lower(domain)); }) &&
         any(condition.url_path, [&](const std::string& path) { return path_of(url).starts_with(path); }) &&
         any(condition.url, [&](const std::string& wanted) { return url == wanted; });
}

bool header_fits(const HeaderCondition& condition, const RE2* regex, const Headers& headers) {
  return std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
    return equals_ignoring_case(header.first, condition.name) &&
           (regex == nullptr || RE2::PartialMatch(header.second, *regex));
  });
}

// "btns[0].url" is "btns.0.url".
std::string dotted(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == '[') out.push_back('.');
    if (c != '[' && c != ']') out.push_back(c);
  }
  return out;
}

// Without a value: that the field is there.
bool json_fits(const JsonCondition& condition, const PageFacts* page) {
  if (page == nullptr) return false;
  const auto field = page->json.find(condition.variable + '.' + dotted(condition.field));
  return field && (condition.value.empty() || *field == condition.value);
}

}  // namespace

CompiledRules::CompiledRules(const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    const std::string owner = "rule " + rule.id;
    CompiledRule compiled{compile(rule.when, owner), {}};
    for (const Condition& exception : rule.not_if) compiled.not_if.push_back(compile(exception, owner));
    compiled_.push_back(std::move(compiled));
  }
  urls_.compile();
  titles_.compile();
  bodies_.compile();
}

CompiledRules::CompiledCondition CompiledRules::compile(const Condition& condition, const std::string& owner) {
  CompiledCondition out;
  out.given = &condition;
  if (!condition.url_regex.empty()) out.url_regex = urls_.add(condition.url_regex, owner);
  if (!condition.title_regex.empty()) out.title_regex = titles_.add(condition.title_regex, owner);
  if (!condition.body_regex.empty()) out.body_regex = bodies_.add(condition.body_regex, owner);
  for (const std::string& phrase : condition.body_any) out.body_any.push_back(bodies_.add_phrase(phrase, owner));
  for (const std::string& phrase : condition.body_all) out.body_all.push_back(bodies_.add_phrase(phrase, owner));
  if (condition.header && !condition.header->regex.empty()) {
    auto regex = std::make_shared<const RE2>(condition.header->regex, RE2::Quiet);
    if (!regex->ok()) throw std::invalid_argument(owner + ": bad pattern \"" + condition.header->regex + '"');
    out.header = std::move(regex);
  }
  return out;
}

CompiledRules::Looked CompiledRules::look(const SeenPage& page) const {
  Looked looked{page, host_of(page.url), urls_.match({page.url}), nullptr};
  if (page.page == nullptr) return looked;
  looked.text = looks_.of(page.page, [this](const PageFacts& facts) {
    return TextLook{titles_.match({facts.title}), {}};
  });
  return looked;
}

bool CompiledRules::holds(std::size_t rule, const Looked& looked) const {
  const CompiledRule& compiled = compiled_[rule];
  const auto excepts = [&](const CompiledCondition& exception) { return holds(exception, looked); };
  return holds(compiled.when, looked) && std::ranges::none_of(compiled.not_if, excepts);
}

// The text last: it takes the longest.
bool CompiledRules::holds(const CompiledCondition& condition, const Looked& looked) const {
  const Condition& given = *condition.given;
  const auto& statuses = given.status;
  const auto title_fits = [&] { return looked.text != nullptr && found(looked.text->title, condition.title_regex); };
  return url_fits(given, looked.page.url, looked.host) &&
         (statuses.empty() || std::find(statuses.begin(), statuses.end(), looked.page.status) != statuses.end()) &&
         (condition.url_regex < 0 || found(looked.url, condition.url_regex)) &&
         (!given.header || header_fits(*given.header, condition.header.get(), looked.page.headers)) &&
         (!given.json || json_fits(*given.json, looked.page.page.get())) &&
         (condition.title_regex < 0 || title_fits()) && body_holds(condition, looked);
}

bool CompiledRules::body_holds(const CompiledCondition& condition, const Looked& looked) const {
  const auto in_body = [&](int number) {
    return looked.text != nullptr && looked.text->body.holds(bodies_, number, *looked.page.page);
  };
  return (condition.body_regex < 0 || in_body(condition.body_regex)) &&
         (condition.body_any.empty() || std::ranges::any_of(condition.body_any, in_body)) &&
         std::ranges::all_of(condition.body_all, in_body);
}

}  // namespace linkaudit::probes
