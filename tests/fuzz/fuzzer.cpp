// libFuzzer's entry into one harness, which the build names.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/harnesses.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  linkaudit::fuzz::LINKAUDIT_HARNESS({reinterpret_cast<const char*>(data), size});
  return 0;
}
