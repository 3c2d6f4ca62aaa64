// What libcurl's codes mean in our closed list.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "probes/failure.h"

namespace linkaudit::probes {

// What is known of a transfer that libcurl has ended with an error.
struct CurlEnd {
  int code = 0;            // CURLcode
  long os_error = 0;       // CURLINFO_OS_ERRNO
  long verify_result = 0;  // CURLINFO_SSL_VERIFYRESULT: X509_V_ERR_*
  std::string message{};   // CURLOPT_ERRORBUFFER, when it is about this transfer
  bool connected = false;  // TCP
  bool reset = false;      // and the connection did not end in order
  bool secured = false;    // the TLS handshake is done, or there is none
  bool headers_whole = false;
  std::int64_t received = 0;  // bytes of the answer, headers included, as far as they can be told
  int timeout_s = 0;          // the bound that applied, for the text
};

// The failure with its layer, raw code (the CURLcode) and one line of text.
Failure failure_from_curl(const CurlEnd& end);

// The failure of a name: getaddrinfo's EAI_* is its raw code.
Failure failure_from_lookup(std::string_view host, int eai);

// One line without control characters, at most 300 bytes, without query strings and passwords of URLs in it.
std::string one_line(std::string_view text);

}  // namespace linkaudit::probes
