// What the harnesses share. A harness takes any bytes as its input and holds the code to what its header promises: that
// it comes to an end without a crash is only the least of it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace linkaudit::fuzz {

// A promise that was not kept. Nobody catches it: a finding for a fuzzer, a failure for a replay of the seeds.
struct BrokenPromise : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// `promise` says what should have held, `example` what was seen instead (shown with control characters escaped).
void require(bool holds, std::string_view promise, std::string_view example = {});

void require_same(std::string_view one, std::string_view other, std::string_view promise);

// Cuts the first line off; all of it when there is no line break.
std::string_view take_line(std::string_view& input);

// Whether the bytes are UTF-8, by a decoder of our own (WHATWG Encoding Standard, section 8.1.1).
bool is_utf8(std::string_view bytes);

// What that decoder makes of any bytes: U+FFFD for each maximal part of an ill-formed sequence.
std::string utf8_decoded(std::string_view bytes);

// One line that can be shown: not empty, no control characters.
void require_one_line(std::string_view text, std::string_view what);

}  // namespace linkaudit::fuzz
