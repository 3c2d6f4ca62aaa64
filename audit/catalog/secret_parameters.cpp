// mask_parameters().
#include <algorithm>

#include "audit/catalog/credentials.h"
#include "audit/catalog/secret_signs.h"

namespace linkaudit::catalog {
namespace {

// Where the value begins when `at` is at the name of a secret parameter; npos otherwise.
std::size_t begin_of_secret(std::string_view text, std::size_t at, const std::vector<std::string>& parameters) {
  std::string name;
  while (at < text.size() && !ends_url(text, at)) {
    const Letter next = letter_at(text, at);
    at += next.length;
    if (next.letter == '=') return is_named_in_url(name, parameters) ? at : std::string_view::npos;
    if (std::string_view("?&;#").find(next.letter) != std::string_view::npos) break;
    name += next.letter;
  }
  return std::string_view::npos;
}

// A value ends at a delimiter that is encoded no more often than the one before its name, and at what no URL holds.
bool ends_value(std::string_view text, std::size_t at, int depth) {
  if (ends_url(text, at)) return true;
  const Sign sign = sign_at(text, at, "&#");
  return sign.length > 0 && sign.depth <= depth;
}

}  // namespace

std::string mask_parameters(std::string_view text, const std::vector<std::string>& parameters) {
  std::string masked;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find_first_of("?&;#%", at), text.size());
    masked.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    const Sign delimiter = sign_at(text, at, "?&;#");
    const std::size_t length = std::max<std::size_t>(delimiter.length, 1);
    masked.append(text, at, length);
    at += length;
    const std::size_t value = delimiter.length > 0 ? begin_of_secret(text, at, parameters) : std::string_view::npos;
    if (value == std::string_view::npos) continue;
    masked.append(text, at, value - at).append(kHidden);
    for (at = value; at < text.size() && !ends_value(text, at, delimiter.depth);) ++at;
  }
  return masked;
}

}  // namespace linkaudit::catalog
