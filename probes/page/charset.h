// Which encoding a page is in, by the WHATWG Encoding Standard and the "prescan" of the HTML Standard (section 13.2.3).
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::probes {

// The encoding that a label names ("gb2312" -> "gbk", "latin1" -> "windows-1252"), lower case; "" for no known label.
std::string_view encoding_of_label(std::string_view label);

struct CharsetChoice {
  std::string name;          // WHATWG name, lower case
  std::string_view content;  // the body behind its byte order mark
  bool guessed = false;      // nothing says: a meta element further down would count
};

// Byte order mark over header over the meta elements of the first 1024 bytes. Where nothing says: utf-8 when the bytes
// are valid UTF-8 (a sequence cut off at the end is forgiven: bodies are truncated at a bound), else windows-1252.
CharsetChoice choose_charset(std::string_view body, std::string_view content_type);

// The `charset` parameter inside a Content-Type or a meta `content` value, by HTML's "extracting a character encoding";
// "" when there is none. Not yet resolved as a label.
std::string_view charset_parameter(std::string_view value);

// The encoding that a meta element asks for by its label; "" for no known one. A page that could be read so far is in
// no encoding of two bytes for each character: UTF-8 then.
std::string_view encoding_of_meta_label(std::string_view label);

// UTF-8's or one of UTF-16's.
bool has_byte_order_mark(std::string_view body);

// The encoding that the first 1024 bytes ask for: by beginning with "<?x" in two bytes for each character, by a meta
// element, by an XML declaration; "" when none does.
std::string_view prescan_meta(std::string_view body);

}  // namespace linkaudit::probes
