#include "reports/workbook/palette.h"

namespace linkaudit::reports::workbook {

Paint paint_of(Tone tone) {
  switch (tone) {
    case Tone::good: return {0xDDF3E4, 0x0B5A2E, 0x2E9E5B};
    case Tone::fair: return {0xFFF1CF, 0x6B4400, 0xD99A1C};
    case Tone::bad: return {0xFBDDDA, 0x8F1A12, 0xD0382B};
    case Tone::unknown: return {0xE6E9EE, 0x3A4654, 0x8793A1};
    case Tone::muted: return {0xF6F7F9, 0x626D79, 0xC4CBD3};
    case Tone::notice: return {0xDDEBFB, 0x114A8B, 0x3A7BC8};
  }
  return {0xFFFFFF, 0x000000, 0x000000};
}

}  // namespace linkaudit::reports::workbook
