// Where ICU's tables (of Debian 12's version 72) differ from the WHATWG Encoding Standard: found by comparing all byte
// sequences of one and two bytes with a browser's.
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::probes {

// The standard's letter for a byte sequence that ICU takes for invalid; 0xFFFD when it is invalid there, too.
char16_t letter_of_invalid(std::string_view encoding, std::string_view bytes);

// Whether decoded text of the encoding needs repair_letters(): most needs none.
bool needs_repair(std::string_view encoding, std::u16string_view text);

// The text with the letters that the standard has in place of ICU's.
std::u16string repair_letters(std::string_view encoding, std::u16string_view text);

// iso-8859-16, which ICU lacks: the letter of a byte from 0x80 on.
char16_t latin10_letter(unsigned char byte);

}  // namespace linkaudit::probes
