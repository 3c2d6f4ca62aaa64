#include "probes/page/decode.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>

#include "probes/page/charset_repairs.h"

namespace linkaudit::probes {
namespace {

struct ConverterName {
  std::string_view encoding;
  const char* icu;
};

// ICU's tables by their own names: its aliases follow other standards (its "gbk" is not a superset of its "gb2312", its
// "iso-8859-1" keeps the C1 controls). Encodings that are not here have the same name in ICU.
constexpr std::array kConverters = {
    ConverterName{"gbk", "gb18030"},
    ConverterName{"gb18030", "gb18030"},
    ConverterName{"big5", "ibm-1375_P100-2008"},
    ConverterName{"windows-1252", "ibm-5348_P100-1997"},
    ConverterName{"shift_jis", "ibm-943_P15A-2003"},
    ConverterName{"euc-kr", "windows-949-2000"},
    ConverterName{"euc-jp", "euc-jp-2007"},
    ConverterName{"iso-8859-8-i", "iso-8859-8"},
    ConverterName{"utf-16le", "UTF-16LE"},
    ConverterName{"utf-16be", "UTF-16BE"},
    ConverterName{"macintosh", "macos-0_2-10.2"},
    ConverterName{"x-mac-cyrillic", "macos-7_3-10.2"},
};

// ICU's own callback answers a single invalid byte with U+001A.
void replace_invalid(const void* encoding, UConverterToUnicodeArgs* args, const char* bytes, int32_t length,
                     UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  const std::string_view invalid(bytes, static_cast<std::size_t>(length));
  const UChar letter = letter_of_invalid(*static_cast<const std::string_view*>(encoding), invalid);
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &letter, 1, 0, error);
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// `encoding` must outlive the converter.
Converter open_converter(const std::string_view& encoding) {
  std::string name(encoding);
  for (const ConverterName& row : kConverters) {
    if (row.encoding == encoding) name = row.icu;
  }
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (U_SUCCESS(error)) ucnv_setToUCallBack(converter.get(), replace_invalid, &encoding, nullptr, nullptr, &error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU has no converter " + name + ": " + u_errorName(error));
  return converter;
}

void append_utf8(const UChar* begin, const UChar* end, std::string& out) {
  std::size_t size = out.size();
  out.resize(size + static_cast<std::size_t>(end - begin) * 3);  // no UTF-16 unit needs more
  for (const UChar* at = begin; at != end;) {
    UChar32 point = *at++;
    if (U16_IS_LEAD(point) && at != end && U16_IS_TRAIL(*at)) {
      point = U16_GET_SUPPLEMENTARY(point, *at++);
    } else if (U16_IS_SURROGATE(point)) {
      point = 0xFFFD;
    }
    U8_APPEND_UNSAFE(out.data(), size, point);
  }
  out.resize(size);
}

// Eight bytes at a time: the greater part of a page is markup.
std::size_t end_of_ascii(std::string_view bytes, std::size_t at) {
  std::uint64_t eight = 0;
  for (; at + sizeof eight <= bytes.size(); at += sizeof eight) {
    std::memcpy(&eight, bytes.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

// How many bytes from the start are UTF-8.
std::size_t valid_utf8_length(std::string_view bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (data[at] < 0x80) {
      at = end_of_ascii(bytes, at);
      continue;
    }
    // At most four bytes are handed on, so that sizes beyond int32 do no harm.
    const std::size_t window = std::min<std::size_t>(bytes.size() - at, 4);
    std::int32_t used = 0;
    UChar32 point = 0;
    U8_NEXT(data + at, used, static_cast<std::int32_t>(window), point);
    if (point < 0) break;
    at += static_cast<std::size_t>(used);
  }
  return at;
}

// Encodings of one byte that ICU lacks.
template <typename LetterOf>
std::string decode_bytes(std::string_view bytes, LetterOf letter_of) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const UChar unit = byte < 0x80 ? UChar{byte} : letter_of(byte);
    append_utf8(&unit, &unit + 1, out);
  }
  return out;
}

UChar user_defined_letter(unsigned char byte) {
  return static_cast<UChar>(0xF700 + byte);  // U+F780 to U+F7FF
}

}  // namespace

std::string decode_to_utf8(std::string_view bytes, std::string_view encoding) {
  if (encoding == "replacement") return bytes.empty() ? "" : "\xEF\xBF\xBD";
  if (encoding == "x-user-defined") return decode_bytes(bytes, user_defined_letter);
  if (encoding == "iso-8859-16") return decode_bytes(bytes, latin10_letter);
  if (encoding == "utf-8" && valid_utf8_length(bytes) == bytes.size()) return std::string(bytes);
  const Converter converter = open_converter(encoding);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  std::array<UChar, 2048> units;  // not set to zeros: it is written before it is read
  const char* source = bytes.data();
  const char* const source_end = bytes.data() + bytes.size();
  UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
  UChar lead = 0;  // the first half of a pair that a chunk cut through
  while (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    UChar* target = units.data();
    if (lead != 0) *target++ = std::exchange(lead, UChar{0});
    ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, source_end, nullptr, true, &error);
    if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) throw std::runtime_error(u_errorName(error));
    if (error == U_BUFFER_OVERFLOW_ERROR && target != units.data() && U16_IS_LEAD(target[-1])) lead = *--target;
    std::u16string_view text(units.data(), static_cast<std::size_t>(target - units.data()));
    std::u16string repaired;
    if (needs_repair(encoding, text)) text = repaired = repair_letters(encoding, text);
    append_utf8(text.data(), text.data() + text.size(), out);
  }
  return out;
}

bool looks_like_utf8(std::string_view bytes) {
  const std::string_view rest = bytes.substr(valid_utf8_length(bytes));
  if (rest.empty()) return true;
  std::int32_t used = 0;
  UChar32 point = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(rest.data());
  const std::size_t window = std::min<std::size_t>(rest.size(), 4);
  U8_NEXT(data, used, static_cast<std::int32_t>(window), point);
  return point < 0 && window < 4 && static_cast<std::size_t>(used) == window;  // cut off by the end
}

}  // namespace linkaudit::probes
