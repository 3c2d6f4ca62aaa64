#include "probes/page/script_blanks.h"

namespace linkaudit::probes {

std::size_t wide_blank(std::string_view text) {
  switch (static_cast<unsigned char>(text.front())) {
    case 0xC2: return text.starts_with("\xC2\xA0") ? 2 : 0;
    case 0xE1: return text.starts_with("\xE1\x9A\x80") ? 3 : 0;
    case 0xE3: return text.starts_with("\xE3\x80\x80") ? 3 : 0;
    case 0xEF: return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    case 0xE2: break;
    default: return 0;
  }
  if (text.starts_with("\xE2\x81\x9F")) return 3;
  if (!text.starts_with("\xE2\x80") || text.size() < 3) return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
}

bool begins_with_line_end(std::string_view text) {
  return text.front() == '\n' || text.front() == '\r' || text.starts_with("\xE2\x80\xA8") ||
         text.starts_with("\xE2\x80\xA9");
}

bool holds_line_end(std::string_view text) {
  return text.find('\n') != std::string_view::npos || text.find('\r') != std::string_view::npos ||
         text.find("\xE2\x80\xA8") != std::string_view::npos || text.find("\xE2\x80\xA9") != std::string_view::npos;
}

}  // namespace linkaudit::probes
