// Charsets. Input: a Content-Type, or the label of an encoding, on the first line, then the body.
#include "probes/page/charset.h"

#include <algorithm>

#include "probes/page/decode.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

bool is_ascii(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Its first 128 bytes are ASCII's; in ISO-2022-JP an escape changes them, in Shift_JIS two of them differ in some eyes.
bool extends_ascii(std::string_view encoding) {
  return !encoding.starts_with("utf-16") && encoding != "replacement" && encoding != "iso-2022-jp";
}

void check_decoding(std::string_view bytes, std::string_view encoding) {
  const std::string text = probes::decode_to_utf8(bytes, encoding);
  require(is_utf8(text), "decoded text is UTF-8", encoding);
  require(text.size() <= bytes.size() * 3 + 3, "decoded text is at most three times as long", encoding);
  if (encoding == "utf-8") require_same(text, utf8_decoded(bytes), "invalid bytes are replaced by the standard");
  if (extends_ascii(encoding) && is_ascii(bytes))
    require_same(text, bytes, "ASCII is the same in " + std::string(encoding));
}

}  // namespace

void charset(std::string_view input) {
  const std::string_view line = take_line(input);
  if (const auto encoding = probes::encoding_of_label(line); !encoding.empty()) {
    require_same(probes::encoding_of_label(encoding), encoding, "the name of an encoding is one of its labels");
    check_decoding(input, encoding);
  }
  const probes::CharsetChoice choice = probes::choose_charset(input, line);
  require_same(probes::encoding_of_label(choice.name), choice.name, "an encoding is known by its name");
  const bool is_end = choice.content.data() + choice.content.size() == input.data() + input.size();
  require(is_end && input.size() - choice.content.size() <= 3, "only a byte order mark is dropped");
  check_decoding(choice.content, choice.name);
  require(probes::looks_like_utf8(input) || !is_utf8(input), "UTF-8 is known when it is seen");
}

}  // namespace linkaudit::fuzz
