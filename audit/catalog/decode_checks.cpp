#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>

#include "audit/catalog/decode.h"
#include "audit/law/calendar.h"

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

void check_reference(Fields& fields, const std::string& key, const std::string& id,
                     const std::vector<std::string>& valid, const std::string& what) {
  constexpr std::size_t kShown = 12;
  if (std::find(valid.begin(), valid.end(), id) != valid.end()) return;
  const std::size_t shown = std::min(valid.size(), kShown);
  const std::string known =
      fmt::format("{}{}", fmt::join(valid.begin(), valid.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                  shown < valid.size() ? ", ..." : "");
  fields.problem(key, fmt::format("\"{}\" is no {} of this catalog; valid are {}", id, what, known));
}

void check_url(Fields& fields, const std::string& key, const std::string& url) {
  if (url.empty()) return;
  const std::size_t scheme = url.find("://");
  const std::string name = url.substr(0, scheme == std::string::npos ? 0 : scheme);
  const bool has_host = scheme != std::string::npos && url.size() > scheme + 3 && url[scheme + 3] != '/';
  if ((name != "http" && name != "https") || !has_host || url.find_first_of(" \t\n\r") != std::string::npos) {
    fields.problem(key, "\"" + url + "\" is no URL; valid is http://... or https://...");
  }
}

std::string zone_of(Fields& fields, const std::string& key, const std::string& otherwise) {
  const std::string zone = fields.text(key, otherwise);
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
