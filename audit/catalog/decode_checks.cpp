#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>

#include "audit/catalog/decode.h"
#include "audit/law/calendar.h"
#include "probes/fetch/address.h"
#include "probes/fetch/url.h"

namespace linkaudit::catalog {

const std::vector<std::string>& context_kinds() {
  static const std::vector<std::string> kinds = {"one_to_one", "group",    "feed",    "article",
                                                 "mail",       "document", "comment", "in_app_browser"};
  return kinds;
}

void check_pattern(Fields& fields, const std::string& key, const std::string& pattern) {
  if (pattern.empty()) return;
  const RE2 compiled(pattern, RE2::Quiet);
  if (!compiled.ok())
    fields.problem(key, "\"" + pattern + "\" is no pattern: " + compiled.error() + "; valid is RE2 syntax");
}

std::string joined_ids(const std::vector<std::string>& valid) {
  return fmt::format("{}", fmt::join(valid, ", "));
}

std::string some_of(const std::vector<std::string>& valid) {
  constexpr std::size_t kShown = 12;
  const std::size_t shown = std::min(valid.size(), kShown);
  return fmt::format("{}{}", fmt::join(valid.begin(), valid.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                     shown < valid.size() ? ", ..." : "");
}

void check_reference(Fields& fields, const std::string& key, const std::string& id,
                     const std::vector<std::string>& valid, const std::string& what) {
  if (std::find(valid.begin(), valid.end(), id) != valid.end()) return;
  fields.problem(key, fmt::format("\"{}\" is no {} of this catalog; valid are {}", id, what, some_of(valid)));
}

// By the parser that fetching uses, so that what is taken here can be asked for. A person's slip such as a space
// inside, which a browser would mend, is refused all the same.
void check_url(Fields& fields, const std::string& key, const std::string& url) {
  if (url.empty()) return;
  const bool blank = url.find_first_of(" \t\n\r") != std::string::npos;
  const auto parsed = probes::parse_url(url);
  if (parsed && !blank) return;
  fields.problem(key, fmt::format("\"{}\" is no URL ({}); valid is http://... or https://...", url,
                                  blank ? "it holds a space" : parsed.error().text));
}

void check_domains(Fields& fields, const std::string& key, const std::vector<std::string>& domains) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  for (const std::string& domain : domains) {
    const bool name = domain.find_first_not_of(kLetters) == std::string::npos && !domain.starts_with('.') &&
                      !domain.ends_with('.') && domain.find("..") == std::string::npos;
    if (!name && !probes::parse_address(domain)) {
      fields.problem(key, "\"" + domain +
                              "\" is no domain; valid is a name in small letters such as example.com "
                              "(xn--... for others), or an address");
    }
  }
}

std::vector<std::string> required_texts(Fields& fields, const std::string& key) {
  const Node* node = fields.node(key);
  std::vector<std::string> texts = fields.texts(key);
  if (node == nullptr) {
    fields.problems().add(fields.place(), fields.where() + ": " + key + " is missing");
  } else if (node->kind() == Node::Kind::null || (node->kind() == Node::Kind::list && node->items().empty())) {
    fields.problem(key, "is empty; at least one is needed");
  }
  return texts;
}

std::string zone_of(Fields& fields, const std::string& key, const std::string& otherwise) {
  std::string zone = fields.text(key, otherwise);
  if (law::zone_exists(zone)) return zone;
  fields.problem(key, "\"" + zone + "\" is no time zone; valid are IANA names such as Asia/Shanghai");
  return otherwise;
}

law::Date date_of(Fields& fields, const std::string& key) {
  const std::string text = fields.required(key);
  if (text.empty()) return {};
  const auto date = law::parse_date(text);
  if (!date) fields.problem(key, "\"" + text + "\" is no date; valid is YYYY-MM-DD");
  return date.value_or(law::Date{});
}

}  // namespace linkaudit::catalog
