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

// A phrase may stand in the visible text (tags between its words), in the source, or in a script's data (encoded).
CompiledRules::Looked CompiledRules::look(const SeenPage& page) const {
  static const auto nothing = std::make_shared<const TextLook>();
  Looked looked{page, host_of(page.url), urls_.match({page.url}), nothing};
  if (page.page == nullptr) return looked;
  looked.text = text_look(page.page);
  return looked;
}

TextLook CompiledRules::look_at_text(const PageFacts& page) const {
  TextLook look;
  look.title = titles_.match({page.title});
  look.body = bodies_.match({page.text, page.source, page.title});
  std::string values;  // a line each, since a pattern may ask for the end of one
  page.json.for_each([&](std::string_view, std::string_view value) { values.append(value).push_back('\n'); });
  bodies_.match_into(values, look.body);
  return look;
}

bool CompiledRules::holds(std::size_t rule, const Looked& looked) const {
  const CompiledRule& compiled = compiled_[rule];
  for (const CompiledCondition& exception : compiled.not_if) {
    if (holds(exception, looked)) return false;
  }
  return holds(compiled.when, looked);
}

bool CompiledRules::holds(const CompiledCondition& condition, const Looked& looked) {
  const Condition& given = *condition.given;
  const auto in_body = [&](int number) { return found(looked.text->body, number); };
  const auto& statuses = given.status;
  return url_fits(given, looked.page.url, looked.host) &&
         (statuses.empty() || std::find(statuses.begin(), statuses.end(), looked.page.status) != statuses.end()) &&
         (condition.url_regex < 0 || found(looked.url, condition.url_regex)) &&
         (condition.title_regex < 0 || found(looked.text->title, condition.title_regex)) &&
         (condition.body_regex < 0 || in_body(condition.body_regex)) &&
         (condition.body_any.empty() || std::any_of(condition.body_any.begin(), condition.body_any.end(), in_body)) &&
         std::all_of(condition.body_all.begin(), condition.body_all.end(), in_body) &&
         (!given.header || header_fits(*given.header, condition.header.get(), looked.page.headers)) &&
         (!given.json || json_fits(*given.json, looked.page.page.get()));
}

}  // namespace linkaudit::probes
