#include "probes/page/target.h"

#include <openssl/evp.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "probes/page/ascii.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

constexpr int kMaxEncodings = 3;
constexpr std::size_t kLongestUrl = 8 * 1024;

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

std::optional<std::string> from_query(const std::string& url) {
  constexpr std::string_view kNames[] = {"url",          "target",       "pfurl", "gourl", "u",    "href", "requrl",
                                         "redirect_url", "redirectPath", "to",    "link",  "goto", "jump"};
  for (const std::string_view name : kNames) {
    const std::optional<std::string> value = query_parameter(url, name);
    if (!value) continue;
    if (const auto target = url_in(*value)) return target;
  }
  return std::nullopt;
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
    std::string value(trim(*found));
    if (is_web_url(value)) return value;
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

std::optional<std::string> from_text(std::string_view text) {
  std::size_t begin = std::min(text.find("http://"), text.find("https://"));
  if (begin == std::string_view::npos) return std::nullopt;
  std::size_t end = begin;
  while (end < text.size() && text[end] > ' ' && text[end] < 0x7F && text[end] != '"' && text[end] != '<') ++end;
  const std::string url(without_punctuation(text.substr(begin, end - begin)));
  return is_web_url(url) ? std::optional(url) : std::nullopt;
}

}  // namespace

std::optional<std::string> recover_target(const std::string& url, const PageFacts* page) {
  if (auto target = from_query(url)) return target;
  if (auto target = from_path(url)) return target;
  if (page == nullptr) return std::nullopt;
  if (auto target = from_data(*page)) return target;
  return from_text(page->text);
}

}  // namespace linkaudit::probes
