#include "probes/page/charset.h"

#include <optional>

#include "probes/page/ascii.h"
#include "probes/page/decode.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kPrescanBytes = 1024;

// Attributes of a tag, by the prescan's own rules: no character references, and it may end anywhere.
class PrescanAttributes {
 public:
  PrescanAttributes(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  // False at the end of the tag; position() is then behind the last attribute.
  bool next(std::string_view& name, std::string_view& value) {
    while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '/')) ++at_;
    if (at_ >= text_.size() || text_[at_] == '>') return false;
    const std::size_t name_begin = at_;
    while (at_ < text_.size() && (text_[at_] != '=' || at_ == name_begin) && !ends_name(text_[at_])) ++at_;
    name = text_.substr(name_begin, at_ - name_begin);
    value = {};
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '=') return true;
    ++at_;
    skip_space();
    if (at_ < text_.size()) value = read_value();
    return true;
  }
  std::size_t position() const { return at_; }

 private:
  static bool ends_name(char c) { return is_space(c) || c == '/' || c == '>'; }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  std::string_view read_value() {
    const char quote = text_[at_];
    const bool quoted = quote == '"' || quote == '\'';
    const std::size_t begin = quoted ? ++at_ : at_;
    while (at_ < text_.size() && (quoted ? text_[at_] != quote : !is_space(text_[at_]) && text_[at_] != '>')) ++at_;
    const std::string_view value = text_.substr(begin, at_ - begin);
    if (quoted && at_ < text_.size()) ++at_;
    return value;
  }

  std::string_view text_;
  std::size_t at_;
};

// HTML's "get an XML encoding": pages for old phones begin with <?xml ... encoding="GBK"?>.
std::string_view charset_of_xml_declaration(std::string_view text) {
  if (!text.starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(0, text.find('>'));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  const std::string_view value = trim(declaration.substr(at + 8));
  if (!value.starts_with('=')) return {};
  const std::string_view quoted = trim(value.substr(1));
  if (quoted.empty() || (quoted.front() != '"' && quoted.front() != '\'')) return {};
  const std::size_t end = quoted.find(quoted.front(), 1);
  return end == std::string_view::npos ? std::string_view{} : encoding_of_meta_label(quoted.substr(1, end - 1));
}

// The encoding of one meta element; "" when it names none. Of an attribute that stands twice the first counts.
std::string_view charset_of_meta(PrescanAttributes& attributes) {
  std::optional<std::string_view> pragma, content, charset;
  std::string_view name, value;
  while (attributes.next(name, value)) {
    if (equals_ignoring_case(name, "http-equiv") && !pragma) pragma = value;
    if (equals_ignoring_case(name, "content") && !content) content = value;
    if (equals_ignoring_case(name, "charset") && !charset) charset = value;
  }
  if (charset) return encoding_of_meta_label(*charset);
  if (!content || !pragma || !equals_ignoring_case(*pragma, "content-type")) return {};
  return encoding_of_meta_label(charset_parameter(*content));
}

std::string_view charset_of_first_meta(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = text.find("-->", at + 2);
      if (end == std::string_view::npos) return {};
      at = end + 3;
    } else if (starts_ignoring_case(rest, "<meta") && rest.size() > 5 && (is_space(rest[5]) || rest[5] == '/')) {
      PrescanAttributes attributes(text, at + 5);
      const std::string_view charset = charset_of_meta(attributes);
      if (!charset.empty()) return charset;
      at = attributes.position();
    } else if (rest.size() > 1 && (is_alpha(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_alpha(rest[2])))) {
      while (at < text.size() && !is_space(text[at]) && text[at] != '>') ++at;
      PrescanAttributes attributes(text, at);
      std::string_view name, value;
      while (attributes.next(name, value)) {
      }
      at = attributes.position();
    } else if (rest.starts_with("<!") || rest.starts_with("</") || rest.starts_with("<?")) {
      at = text.find('>', at);
    } else {
      ++at;
    }
    if (at == std::string_view::npos) return {};
  }
  return {};
}

}  // namespace

std::string_view charset_parameter(std::string_view value) {
  std::size_t at = 0;
  while ((at = find_ignoring_case(value, "charset", at)) != std::string_view::npos) {
    at += 7;
    while (at < value.size() && is_space(value[at])) ++at;
    if (at >= value.size() || value[at] != '=') continue;
    ++at;
    while (at < value.size() && is_space(value[at])) ++at;
    if (at >= value.size()) return {};
    if (value[at] == '"' || value[at] == '\'') {
      const std::size_t end = value.find(value[at], at + 1);
      return end == std::string_view::npos ? std::string_view{} : value.substr(at + 1, end - at - 1);
    }
    std::size_t end = at;
    while (end < value.size() && !is_space(value[end]) && value[end] != ';') ++end;
    return value.substr(at, end - at);
  }
  return {};
}

std::string_view encoding_of_meta_label(std::string_view label) {
  const std::string_view charset = encoding_of_label(label);
  if (charset == "utf-16le" || charset == "utf-16be") return "utf-8";
  return charset == "x-user-defined" ? "windows-1252" : charset;
}

std::string_view prescan_meta(std::string_view body) {
  // "<?x" in two bytes each
  if (body.starts_with(std::string_view("<\0?\0x\0", 6))) return "utf-16le";
  if (body.starts_with(std::string_view("\0<\0?\0x", 6))) return "utf-16be";
  const std::string_view text = body.substr(0, kPrescanBytes);
  const std::string_view charset = charset_of_first_meta(text);
  return charset.empty() ? charset_of_xml_declaration(text) : charset;
}

bool has_byte_order_mark(std::string_view body) {
  return body.starts_with("\xEF\xBB\xBF") || body.starts_with("\xFE\xFF") || body.starts_with("\xFF\xFE");
}

CharsetChoice choose_charset(std::string_view body, std::string_view content_type) {
  if (body.starts_with("\xEF\xBB\xBF")) return {"utf-8", body.substr(3)};
  if (body.starts_with("\xFE\xFF")) return {"utf-16be", body.substr(2)};
  if (body.starts_with("\xFF\xFE")) return {"utf-16le", body.substr(2)};
  std::string_view name = encoding_of_label(charset_parameter(content_type));
  if (name.empty()) name = prescan_meta(body);
  if (!name.empty()) return {std::string(name), body};
  return {looks_like_utf8(body) ? "utf-8" : "windows-1252", body, true};
}

}  // namespace linkaudit::probes
