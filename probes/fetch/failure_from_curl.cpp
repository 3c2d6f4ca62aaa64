#include "probes/fetch/failure_from_curl.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <openssl/x509_vfy.h>

#include <cerrno>

#include "probes/fetch/url_check.h"

namespace linkaudit::probes {
namespace {

constexpr std::string_view kLongTrailer = "Out of memory in chunked-encoding";  // libcurl's bound on one trailer

bool mentions(const CurlEnd& end, std::string_view words) {
  return end.message.find(words) != std::string::npos;
}

// A connection that is no more, and a code that may come of it: others, such as a certificate's, have their own reason.
bool is_reset(const CurlEnd& end) {
  switch (end.code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: break;
    default: return false;
  }
  return end.reset || mentions(end, "reset by peer") || mentions(end, "Broken pipe") || mentions(end, "errno 104");
}

FailureName of_certificate(const CurlEnd& end) {
  if (mentions(end, "target host name")) return FailureName::tls_name_mismatch;  // libcurl compares the name itself
  switch (end.verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID: return FailureName::tls_expired;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
    case X509_V_OK: return FailureName::tls_name_mismatch;
    default: return FailureName::tls_untrusted;
  }
}

FailureName of_connecting(const CurlEnd& end) {
  switch (end.os_error) {
    case ETIMEDOUT:
    case EHOSTUNREACH:
      return FailureName::tcp_timeout;  // nothing there answers
    // Our own system refused to send anything.
    case ENETUNREACH:
    case ENETDOWN:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
    case EACCES:
    case EPERM:
    case EMFILE:
    case ENFILE: return FailureName::unknown_failure;
    case ECONNRESET: return FailureName::tcp_reset;
    default: return FailureName::tcp_refused;
  }
}

FailureName of_timeout(const CurlEnd& end) {
  if (!end.connected) return FailureName::tcp_timeout;
  return end.secured ? FailureName::http_timeout : FailureName::tls_failure;
}

FailureName of_receiving(const CurlEnd& end) {
  if (!end.secured) return FailureName::tls_failure;
  return end.received == 0 ? FailureName::empty_reply : FailureName::http_incomplete;
}

FailureName name_of(const CurlEnd& end) {
  if (is_reset(end) && end.connected) return FailureName::tcp_reset;
  if (mentions(end, "Too many CONTINUATION")) return FailureName::body_too_large;  // libnghttp2's bound on headers
  if (mentions(end, kLongTrailer)) return FailureName::body_too_large;
  switch (end.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return FailureName::dns_failure;
    case CURLE_COULDNT_CONNECT: return of_connecting(end);
    case CURLE_OPERATION_TIMEDOUT: return of_timeout(end);
    case CURLE_PEER_FAILED_VERIFICATION: return of_certificate(end);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return FailureName::tls_failure;
    case CURLE_GOT_NOTHING: return end.received == 0 ? FailureName::empty_reply : FailureName::http_incomplete;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return of_receiving(end);
    case CURLE_PARTIAL_FILE:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // the answer is not HTTP
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return FailureName::http_incomplete;
    case CURLE_URL_MALFORMAT: return FailureName::invalid_url;
    // libcurl's own bound on one header line
    case CURLE_OUT_OF_MEMORY: return end.headers_whole ? FailureName::unknown_failure : FailureName::body_too_large;
    default: return FailureName::unknown_failure;
  }
}

std::string text_of(const CurlEnd& end, FailureName name) {
  if (end.code == CURLE_OPERATION_TIMEDOUT) {
    const std::string_view phase = !end.connected ? "connecting" : !end.secured ? "TLS handshake" : "HTTP";
    return fmt::format("{}: no end within {} s, {} bytes received", phase, end.timeout_s, end.received);
  }
  if (end.code == CURLE_OUT_OF_MEMORY && name == FailureName::body_too_large) return "one header is too long";
  if (mentions(end, kLongTrailer)) return "one trailer is too long";
  if (end.code == CURLE_GOT_NOTHING && name == FailureName::http_incomplete) {
    return fmt::format("the headers end after {} bytes", end.received);
  }
  std::string text = end.message.empty() ? curl_easy_strerror(static_cast<CURLcode>(end.code)) : end.message;
  if (name == FailureName::tcp_reset && end.connected) {
    text += end.secured ? fmt::format(" ({} bytes received)", end.received) : " (during the TLS handshake)";
  }
  return text;
}

// Leaves out what stands between the scheme and an @, and between a ? and the end of a URL in the text.
std::string without_secrets(std::string_view text) {
  std::string result;
  bool in_query = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '"' || c == '\'') in_query = false;
    if (in_query) continue;
    result += c;
    if (c == '?') in_query = true;
    if (!result.ends_with("://")) continue;
    const auto end = text.find_first_of("/ \"'?", i + 1);
    const auto at = text.substr(0, end).rfind('@');
    if (at != std::string_view::npos && at > i) i = at;
  }
  return result;
}

}  // namespace

Failure failure_from_curl(const CurlEnd& end) {
  const FailureName name = name_of(end);
  return make_failure(name, one_line(text_of(end, name)), end.code);
}

Failure failure_from_lookup(std::string_view host, int eai) {
  const auto name = eai == EAI_NONAME ? FailureName::dns_nxdomain : FailureName::dns_failure;
  return make_failure(name, one_line(fmt::format("{}: {}", host, gai_strerror(eai))), eai);
}

std::string one_line(std::string_view text) {
  std::string line = without_secrets(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  constexpr std::size_t longest = 300;
  if (line.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) --end;  // not inside a character
    line.resize(end);
  }
  return line;
}

}  // namespace linkaudit::probes
