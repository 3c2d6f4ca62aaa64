// Text in a CSV file that a spreadsheet would take for a formula.
#pragma once

#include <string>

namespace linkaudit::reports {

// A text whose first character other than spaces and apostrophes is one of = + - @ or their fullwidth forms gets one
// apostrophe in front, so that it stays text and stays readable. To undo: take one apostrophe from the front of a
// text of that form. Numbers are not text: -5 that was counted stays -5. The text is plain_text().
std::string neutral(std::string text);

}  // namespace linkaudit::reports
