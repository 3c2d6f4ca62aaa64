// What a transfer ended as: how long its phases took, what failed and where, what cut it short.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

#include "probes/fetch/curl_info.h"
#include "probes/fetch/header_fields.h"
#include "probes/fetch/transfer.h"
#include "probes/fetch/url_check.h"

namespace linkaudit::probes {
namespace {

std::string http_version(long curl_name) {
  switch (curl_name) {
    case CURL_HTTP_VERSION_1_0: return "1.0";
    case CURL_HTTP_VERSION_1_1: return "1.1";
    case CURL_HTTP_VERSION_2_0: return "2";
    default: return {};
  }
}

// Of what is not, the system has received more than anybody read.
bool is_http(CURLcode code) {
  return code != CURLE_WEIRD_SERVER_REPLY && code != CURLE_UNSUPPORTED_PROTOCOL;
}

double milliseconds_of(CURL* easy, CURLINFO info) {
  return static_cast<double>(curl_info<curl_off_t>(easy, info)) / 1000;
}

}  // namespace

Exchange Transfer::finish(CURLcode code) {
  Hop& hop = exchange_.hop;
  hop.timing = timing();
  hop.address = address();
  hop.http_version = http_version(curl_info<long>(easy_, CURLINFO_HTTP_VERSION));
  exchange_.failure = failure_of(code);
  exchange_.cut_by = cut_by(code);
  exchange_.truncated = stopped_ == Stopped::enough || (is_redirect() && code != CURLE_OK);
  if (decoder_) exchange_.body = decoder_->take_body();
  note_connection();
  // The handle may be used again: nothing of this object may stay behind in it.
  curl_easy_reset(easy_);
  return std::move(exchange_);
}

// For who uses it next.
void Transfer::note_connection() {
  if (const curl_socket_t own = own_socket(); own != CURL_SOCKET_BAD) {
    ends_.note_used(curl_info<long>(easy_, CURLINFO_LOCAL_PORT), {own, exchange_.hop.http_version == "2"});
  }
}

// In the words of WARC 1.1 section 5.13.
const char* Transfer::cut_by(CURLcode code) const {
  const bool bomb = decoder_ && decoder_->state() == ContentDecoder::State::bomb;
  if (stopped_ == Stopped::enough || stopped_ == Stopped::headers_too_large || stopped_ == Stopped::too_much_framing ||
      bomb) {
    return "length";
  }
  if (stopped_ == Stopped::overdue) return "time";
  if (stopped_ != Stopped::no) return "unspecified";
  if (header_bytes_ == 0 || (code == CURLE_OK && headers_whole_)) return "";
  return code == CURLE_OPERATION_TIMEDOUT ? "time" : "disconnect";
}

// Of what arrived of the answer: an unfinished line of its headers is no part of what libcurl counts. Only without TLS,
// and on a connection of its own, do the system's bytes belong to this answer.
std::uint64_t Transfer::received(const std::optional<SocketEnd>& end) const {
  const std::uint64_t counted = header_bytes_ + body_bytes_;
  if (!end || plan_.url.scheme != "http" || proxy_ != nullptr || sockets_.empty()) return counted;
  return std::max(counted, end->received);
}

std::optional<Failure> Transfer::failure_of(CURLcode code) {
  const CurlEnd end = end_of(code);
  const auto most = static_cast<std::int64_t>(settings_.max_header_bytes);
  if (stopped_ == Stopped::headers_too_large || (!headers_whole_ && is_http(code) && end.received > most)) {
    return make_failure(FailureName::body_too_large,
                        fmt::format("the headers are larger than {} bytes", settings_.max_header_bytes), code);
  }
  if (stopped_ == Stopped::connection_lost) {
    return make_failure(end.reset ? FailureName::tcp_reset : FailureName::empty_reply,
                        sockets_.empty() ? "the server ended a connection that it had answered on before"
                                         : "the server refused the request before it said anything",
                        code);
  }
  if (no_socket_ != 0 && code == CURLE_COULDNT_CONNECT) {  // says nothing of anybody else
    return make_failure(FailureName::unknown_failure,
                        fmt::format("our own system gives no socket: {}", std::generic_category().message(no_socket_)),
                        no_socket_);
  }
  if (!refused_address_.empty() && code == CURLE_COULDNT_CONNECT) {
    return make_failure(FailureName::refused_address, refused_address_, code);
  }
  if (stopped_ == Stopped::length_unclear) return make_failure(announced_.name, announced_.problem);
  if (headers_whole_ && is_redirect()) return std::nullopt;
  if (stopped_ == Stopped::enough) return std::nullopt;
  if (stopped_ == Stopped::too_much_framing) {
    return make_failure(FailureName::body_too_large, fmt::format("{} bytes arrived to carry {} bytes of an answer",
                                                                 wire_bytes_, header_bytes_ + body_bytes_));
  }
  if (stopped_ == Stopped::overdue) return failure_from_curl(end_of(CURLE_OPERATION_TIMEDOUT));
  if (stopped_ == Stopped::longer_than_announced) {
    return make_failure(FailureName::http_incomplete,
                        fmt::format("more was sent than the {} bytes announced", *announced_.bytes));
  }
  if (stopped_ == Stopped::no && code != CURLE_OK) {
    if (way_is_open()) return failure_from_curl(end);
    return failure_at_proxy({.code = code,
                             .socks_error = curl_info<long>(easy_, CURLINFO_PROXY_ERROR),
                             .connect_status = curl_info<long>(easy_, CURLINFO_HTTP_CONNECTCODE),
                             .message = error_});
  }
  if (!decoder_) {  // libcurl does not mind an answer that ends within its headers
    return make_failure(FailureName::http_incomplete, fmt::format("the headers end after {} bytes", end.received),
                        code);
  }
  if (body_bytes_ == 0) return std::nullopt;
  using State = ContentDecoder::State;
  switch (decoder_->finish()) {
    case State::open:
    case State::truncated: return std::nullopt;
    case State::bomb:
      return make_failure(
          FailureName::body_too_large,
          fmt::format("{} bytes decode to more than a hundred times as many", exchange_.raw_body.size()));
    case State::corrupt:
      return make_failure(FailureName::decode_error, one_line("the body is not valid " + decoder_->coding()),
                          decoder_->error());
    case State::too_many_codings:
      return make_failure(FailureName::body_too_large, "more content codings in one another than are taken off");
    case State::unknown_coding:
      return make_failure(FailureName::decode_error, one_line("unknown content coding " + decoder_->coding()));
  }
  return std::nullopt;
}

// Not the proxy's: where that resolves the name, nobody here knows.
std::string Transfer::address() const {
  if (proxy_ == nullptr) {
    const char* connected = curl_info<const char*>(easy_, CURLINFO_PRIMARY_IP, nullptr);
    return connected == nullptr || *connected == '\0' ? tried_address_ : connected;
  }
  if (!plan_.addresses.empty()) return to_string(plan_.addresses.front());
  if (!plan_.connect_host.empty()) return parse_address(plan_.connect_host) ? plan_.connect_host : "";
  return plan_.url.address ? to_string(*plan_.url.address) : "";
}

// To the target: without a proxy always, else once something was asked of the target itself.
bool Transfer::way_is_open() const {
  if (proxy_ == nullptr || tls_begun_ || !exchange_.raw_request.empty() || header_bytes_ > 0) return true;
  return curl_info<long>(easy_, CURLINFO_HTTP_CONNECTCODE) / 100 == 2;
}

CurlEnd Transfer::end_of(CURLcode code) const {
  CurlEnd end;
  end.code = code;
  auto socket = ends_.of_port(curl_info<long>(easy_, CURLINFO_LOCAL_PORT));
  if (!socket) socket = end_of_socket(own_socket());  // not closed yet
  if (!foreign_message_) end.message = error_;
  // Behind TLS a connection that ended in order is reset as well, by what libcurl sends to take its leave.
  end.reset = socket && socket->reset && plan_.url.scheme == "http" && proxy_ == nullptr;
  end.os_error = curl_info<long>(easy_, CURLINFO_OS_ERRNO);
  end.verify_result = curl_info<long>(easy_, CURLINFO_SSL_VERIFYRESULT);
  const bool ready = curl_info<curl_off_t>(easy_, CURLINFO_PRETRANSFER_TIME_T) > 0;
  // The connect time is set only when TLS is done as well.
  end.connected = ready || curl_info<long>(easy_, CURLINFO_LOCAL_PORT) > 0;
  end.secured = ready || (end.connected && plan_.url.scheme == "http") ||
                curl_info<curl_off_t>(easy_, CURLINFO_APPCONNECT_TIME_T) > 0 || !exchange_.raw_request.empty();
  end.headers_whole = headers_whole_;
  end.received = static_cast<std::int64_t>(received(socket));
  end.timeout_s = !end.secured         ? std::min(settings_.connect_s, settings_.timeout_s)
                  : header_bytes_ == 0 ? std::min(settings_.first_byte_s, settings_.timeout_s)
                                       : settings_.timeout_s;
  return end;
}

Timing Transfer::timing() const {
  const double lookup = milliseconds_of(easy_, CURLINFO_NAMELOOKUP_TIME_T);
  const double connected = milliseconds_of(easy_, CURLINFO_CONNECT_TIME_T);
  const double secured = milliseconds_of(easy_, CURLINFO_APPCONNECT_TIME_T);
  const double ready = milliseconds_of(easy_, CURLINFO_PRETRANSFER_TIME_T);
  const double first_byte = milliseconds_of(easy_, CURLINFO_STARTTRANSFER_TIME_T);
  const bool fresh = curl_info<long>(easy_, CURLINFO_NUM_CONNECTS) > 0;  // not a connection that was used before
  Timing timing;
  timing.name_lookup = plan_.lookup_ms;
  if (fresh && connected > 0) {
    timing.connect = connected - lookup;
  } else if (tls_begun_ && socket_opened_) {  // TLS failed; libcurl tells both times or none
    timing.connect = std::chrono::duration<double, std::milli>(*tls_begun_ - *socket_opened_).count();
  }
  if (fresh && secured > 0) timing.tls = secured - connected;
  if (first_byte > 0 && header_bytes_ > 0) timing.first_byte = first_byte - ready;
  timing.total = std::chrono::duration<double, std::milli>(Clock::now() - plan_.begun).count();
  return timing;
}

}  // namespace linkaudit::probes
