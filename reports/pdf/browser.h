// A browser that prints a page without showing it.
#pragma once

#include <string>

namespace linkaudit::reports::pdf {

// The first Chromium or Chrome in PATH. Throws std::runtime_error that says what to install.
std::string find_browser();

// Prints the local HTML file `page` to `output`. `directory` is empty, ours alone, and holds all that the browser
// writes besides: its profile, its messages. It reaches no network. Its sandbox stays, but for root, who has none.
// Throws std::runtime_error when the browser fails or takes longer than five minutes (it is killed then).
void print_page(const std::string& browser, const std::string& page, const std::string& output,
                const std::string& directory);

}  // namespace linkaudit::reports::pdf
