// What libcurl says of a transfer.
#pragma once

#include <curl/curl.h>

namespace linkaudit::probes {

// `value` when libcurl has none.
template <typename Value>
Value curl_info(CURL* easy, CURLINFO info, Value value = {}) {
  curl_easy_getinfo(easy, info, &value);
  return value;
}

}  // namespace linkaudit::probes
