// Foreign text in a Markdown file.
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::reports {

// One line of plain_text() that CommonMark, GitHub's tables and chats show as it stands, wherever in a line it is put:
//   - & < > are entities, as spaces at both ends; \ ` * _ [ ] | ~ $ # and, in front, + - = and "1." have a backslash
//   - an invisible U+2060 stands inside what would be a link, call somebody or be a picture: @who, #1, www., scheme:,
//   :smile:
// To undo: take away each U+2060 (plain_text() lets none through), then read entities and backslashes.
std::string markdown_text(std::string_view text);

}  // namespace linkaudit::reports
