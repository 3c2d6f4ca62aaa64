#include "probes/page/target.h"

#include <openssl/evp.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "probes/page/ascii.h"
#include "probes/page/script_json.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

constexpr int kMaxEncodings = 3;
constexpr std::size_t kLongestUrl = 8 * 1024;
constexpr std::string_view kUsualNames[] = {"url",          "target",       "pfurl", "gourl", "u",    "href", "requrl",
                                            "redirect_url", "redirectPath", "to",    "link",  "goto", "jump"};

bool is_web_url(std::string_view text) {
  return (starts_ignoring_case(text, "http://") || starts_ignoring_case(text, "https://")) && !host_of(text).empty() &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

// Standard or URL-safe base64, with or without padding; "" when it is none.
std::string base64_decode(std::string_view text) {
  std::string input(text);
  while (input.ends_with('=')) input.pop_back();
  std::replace(input.begin(), input.end(), '-', '+');
  std::replace(input.begin(), input.end(), '_', '/');
  const std::size_t length = input.size() * 3 / 4;
  while (input.size() % 4 != 0) input.push_back('=');
  std::vector<unsigned char> output(input.size());
  const int size = EVP_DecodeBlock(output.data(), reinterpret_cast<const unsigned char*>(input.data()),
                                   static_cast<int>(input.size()));
  if (size < 0 || length > static_cast<std::size_t>(size)) return {};
  return {output.begin(), output.begin() + static_cast<std::ptrdiff_t>(length)};
}

// Decodes it until it is a URL, or as often as it may be encoded.
bool becomes_url(std::string& value) {
  for (int turn = 0; turn < kMaxEncodings && !is_web_url(value); ++turn) {
    if (value.find('%') == std::string::npos) return false;
    value = percent_decode(value);
  }
  return is_web_url(value);
}

// A URL as it is, percent-encoded some times over, or either in base64.
std::optional<std::string> url_in(std::string value) {
  if (value.size() > kLongestUrl) return std::nullopt;
  if (becomes_url(value)) return value;
  value = base64_decode(value);
  return becomes_url(value) ? std::optional(value) : std::nullopt;
}

// {"url": "https://..."} or {"data": {"link": "https://..."}}.
std::optional<std::string> url_in_json(std::string_view json) {
  JsonNames names("json");
  if (!json.starts_with('{') || !read_json(json, names)) return std::nullopt;
  InlineData data = names.found();
  data.settle();
  std::optional<std::string> target;
  data.for_each([&](std::string_view name, std::string_view value) {
    const bool is_usual = std::ranges::find(kUsualNames, name.substr(name.rfind('.') + 1)) != std::end(kUsualNames);
    if (!target && is_usual) target = url_in(std::string(value));
  });
  return target;
}

// What is no URL as it stands, and can be nothing else than one in disguise: base64 of one, or JSON that holds one.
std::optional<std::string> hidden_url_in(const std::string& value) {
  if (value.size() > kLongestUrl) return std::nullopt;
  const std::string plain = percent_decode(value);
  if (auto target = url_in_json(plain)) return target;
  std::string decoded = base64_decode(plain);
  if (auto target = url_in_json(decoded)) return target;
  return becomes_url(decoded) ? std::optional(decoded) : std::nullopt;
}

std::optional<std::string> from_query(const std::string& url) {
  for (const std::string_view name : kUsualNames) {
    const std::optional<std::string> value = query_parameter(url, name);
    if (!value) continue;
    if (const auto target = url_in(*value)) return target;
  }
  return std::nullopt;
}

// A URL as it is may be anything there, such as where the reader comes from.
std::optional<std::string> from_any_parameter(std::string_view pairs) {
  while (!pairs.empty()) {
    const std::string_view pair = pairs.substr(0, pairs.find('&'));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) {
      if (auto target = hidden_url_in(std::string(pair.substr(equals + 1)))) return target;
    }
    pairs.remove_prefix(std::min(pair.size() + 1, pairs.size()));
  }
  return std::nullopt;
}

std::optional<std::string> from_fragment(const std::string& url) {
  const std::size_t begin = url.find('#');
  if (begin == std::string::npos) return std::nullopt;
  const std::string fragment = url.substr(begin + 1);
  if (auto target = url_in(fragment)) return target;
  if (auto target = from_query("https://fragment/?" + fragment.substr(fragment.find('?') + 1))) return target;
  return from_any_parameter(std::string_view(fragment).substr(fragment.find('?') + 1));
}

std::optional<std::string> from_path(const std::string& url) {
  const std::string_view path = path_of(url);
  const std::size_t nested = std::min(find_ignoring_case(path, "/http://"), find_ignoring_case(path, "/https://"));
  // The target's own query follows it.
  if (nested != std::string_view::npos)
    return url_in(url.substr(static_cast<std::size_t>(path.data() - url.data()) + nested + 1));
  const std::string last(path.substr(std::min(path.rfind('/') + 1, path.size())));
  return last.size() < 12 ? std::nullopt : url_in(last);
}

std::optional<std::string> from_data(const PageFacts& page) {
  for (const char* field : {"cgiData.url", "cgiData.desc", "DATA.url", "DATA.desc", "cgiData.btns.0.url"}) {
    const auto found = page.json.find(field);
    if (!found) continue;
    if (auto target = url_in(std::string(trim(*found)))) return target;
  }
  return std::nullopt;
}

// A URL in running text, without what belongs to the sentence: a full stop, a bracket that was opened before it.
std::string_view without_punctuation(std::string_view url) {
  constexpr std::string_view kPairs = "()[]{}";
  while (!url.empty()) {
    const char last = url.back();
    const std::size_t pair = kPairs.find(last);
    const bool closes =
        pair != std::string_view::npos && pair % 2 == 1 && url.find(kPairs[pair - 1]) == std::string_view::npos;
    if (!closes && std::string_view(".,;:!?\'").find(last) == std::string_view::npos) break;
    url.remove_suffix(1);
  }
  return url;
}

// As it may be written where people read it: with another scheme, without the fragment or the last slash.
std::string_view as_read(std::string_view url) {
  url = url.substr(0, url.find('#'));
  url.remove_prefix(std::min(scheme_of(url).size(), url.size()));
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// The link itself where it stands, however many others do; else the first.
std::optional<std::string> from_text(std::string_view text, const std::string& link) {
  std::optional<std::string> first;
  for (std::size_t at = 0; (at = text.find("http", at)) != std::string_view::npos;) {
    std::size_t end = at;
    while (end < text.size() && text[end] > ' ' && text[end] < 0x7F && text[end] != '"' && text[end] != '<') ++end;
    std::string url(without_punctuation(text.substr(at, end - at)));
    at = std::max(end, at + 1);
    if (!is_web_url(url)) continue;
    if (!link.empty() && as_read(url) == as_read(link)) return url;
    if (!first) first = std::move(url);
  }
  return first;
}

}  // namespace

std::optional<std::string> recover_target(const std::string& url, const PageFacts* page, const std::string& link) {
  if (auto target = from_query(url)) return target;
  if (auto target = from_path(url)) return target;
  if (auto target = from_any_parameter(query_of(url))) return target;
  if (auto target = from_fragment(url)) return target;
  if (page == nullptr) return std::nullopt;
  if (auto target = from_data(*page)) return target;
  return from_text(page->text, link);
}

}  // namespace linkaudit::probes
