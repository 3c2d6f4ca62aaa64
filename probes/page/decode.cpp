#include "probes/page/decode.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

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

// The 2005 edition of GB 18030, which ICU knows, put these into the private use area; the Encoding Standard follows
// the edition of 2022.
constexpr std::pair<UChar, UChar> kGb18030Changes[] = {
    {0xE5E5, 0x3000}, {0xE78D, 0xFE10}, {0xE78E, 0xFE12}, {0xE78F, 0xFE11}, {0xE790, 0xFE13},
    {0xE791, 0xFE14}, {0xE792, 0xFE15}, {0xE793, 0xFE16}, {0xE794, 0xFE17}, {0xE795, 0xFE18},
    {0xE796, 0xFE19}, {0xE81E, 0x9FB4}, {0xE826, 0x9FB5}, {0xE82B, 0x9FB6}, {0xE82C, 0x9FB7},
    {0xE832, 0x9FB8}, {0xE843, 0x9FB9}, {0xE854, 0x9FBA}, {0xE864, 0x9FBB},
};

// ICU's own callback answers a single invalid byte with U+001A.
void replace_invalid(const void*, UConverterToUnicodeArgs* args, const char*, int32_t, UConverterCallbackReason reason,
                     UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  static constexpr UChar kReplacement = 0xFFFD;
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &kReplacement, 1, 0, error);
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(std::string_view encoding) {
  std::string name(encoding);
  for (const ConverterName& row : kConverters) {
    if (row.encoding == encoding) name = row.icu;
  }
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (U_SUCCESS(error)) ucnv_setToUCallBack(converter.get(), replace_invalid, nullptr, nullptr, nullptr, &error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU has no converter " + name + ": " + u_errorName(error));
  return converter;
}

void append_utf8(const UChar* begin, const UChar* end, std::string& out) {
  for (const UChar* at = begin; at != end;) {
    UChar32 point = *at++;
    if (U16_IS_LEAD(point) && at != end && U16_IS_TRAIL(*at)) {
      point = U16_GET_SUPPLEMENTARY(point, *at++);
    } else if (U16_IS_SURROGATE(point)) {
      point = 0xFFFD;
    }
    std::array<char, 4> bytes{};
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, point);
    out.append(bytes.data(), static_cast<std::size_t>(length));
  }
}

void follow_gb18030_2022(UChar* begin, const UChar* end) {
  for (UChar* at = begin; at != end; ++at) {
    if (*at < 0xE5E5 || *at > 0xE864) continue;
    for (const auto& [old_point, new_point] : kGb18030Changes) {
      if (*at == old_point) *at = new_point;
    }
  }
}

// Bytes 0x80 to 0xFF stand for U+F780 to U+F7FF.
std::string decode_user_defined(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    const UChar unit = static_cast<UChar>(value < 0x80 ? value : 0xF700 + value);
    append_utf8(&unit, &unit + 1, out);
  }
  return out;
}

}  // namespace

std::string decode_to_utf8(std::string_view bytes, std::string_view encoding) {
  if (encoding == "replacement") return bytes.empty() ? "" : "\xEF\xBF\xBD";
  if (encoding == "x-user-defined") return decode_user_defined(bytes);
  const bool gb18030 = encoding == "gbk" || encoding == "gb18030";
  const Converter converter = open_converter(encoding);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  std::array<UChar, 8192> units{};
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
    if (gb18030) follow_gb18030_2022(units.data(), target);
    append_utf8(units.data(), target, out);
  }
  return out;
}

bool looks_like_utf8(std::string_view bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::size_t size = bytes.size();
  for (std::size_t at = 0; at < size;) {
    if (data[at] < 0x80) {
      ++at;
      continue;
    }
    // At most four bytes are handed on, so that sizes beyond int32 do no harm.
    const std::size_t window = size - at < 4 ? size - at : 4;
    int32_t used = 0;
    UChar32 point = 0;
    U8_NEXT(data + at, used, static_cast<int32_t>(window), point);
    if (point < 0) return static_cast<std::size_t>(used) == window && window < 4;
    at += static_cast<std::size_t>(used);
  }
  return true;
}

}  // namespace linkaudit::probes
