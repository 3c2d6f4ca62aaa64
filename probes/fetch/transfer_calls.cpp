// What libcurl calls while a transfer is under way.
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "probes/fetch/certificate_chain.h"
#include "probes/fetch/curl_info.h"
#include "probes/fetch/transfer.h"

namespace linkaudit::probes {
namespace {

// RFC 8446 section 5.1: type, version, length.
constexpr std::size_t kRecordHeader = 5;

bool is_record_header(std::string_view bytes) {
  return bytes.size() == kRecordHeader && bytes[0] >= SSL3_RT_CHANGE_CIPHER_SPEC &&
         bytes[0] <= SSL3_RT_APPLICATION_DATA && bytes[1] == SSL3_VERSION_MAJOR;
}

std::size_t record_size(std::string_view header) {
  return kRecordHeader + (static_cast<std::size_t>(static_cast<unsigned char>(header[3])) << 8U) +
         static_cast<unsigned char>(header[4]);
}

}  // namespace

// A connection that was used before, and on which something has come since: more than the answer that was asked for, or
// its end. The next request would be given what is no answer to it.
bool Transfer::is_clean(long local_port) const {
  const auto used = ends_.used_at(local_port);
  if (!used || used->http2) return true;  // frames of HTTP/2 say whose they are
  const auto* session = curl_info<curl_tlssessioninfo*>(easy_, CURLINFO_TLS_SSL_PTR, nullptr);
  if (session != nullptr && session->internals != nullptr && session->backend == CURLSSLBACKEND_OPENSSL &&
      SSL_has_pending(static_cast<SSL*>(session->internals)) == 1) {
    return false;
  }
  char next = 0;
  return recv(used->socket, &next, sizeof next, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

int Transfer::before_request(void* self, char*, char*, int, int local_port) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const bool is_new =
      std::ranges::any_of(transfer.sockets_, [&](curl_socket_t each) { return local_port_of(each) == local_port; });
  if (is_new || transfer.is_clean(local_port)) return CURL_PREREQFUNC_OK;
  transfer.stopped_ = Stopped::connection_unclean;
  return CURL_PREREQFUNC_ABORT;
}

CURLcode Transfer::before_tls(CURL*, void* ssl_context, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.tls_begun_) transfer.tls_begun_ = Clock::now();
  note_shown_tls(static_cast<SSL_CTX*>(ssl_context), transfer.exchange_.hop);
  return CURLE_OK;
}

int Transfer::traced(CURL*, curl_infotype type, char* data, std::size_t size, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view bytes(data, size);
  try {
    if (type == CURLINFO_HEADER_OUT) transfer.on_request(bytes);
    if (type == CURLINFO_DATA_IN) {
      transfer.on_arrival(bytes);
      if (transfer.plan_.url.scheme == "http") transfer.on_wire(size);
    }
    if (type == CURLINFO_TEXT) transfer.on_remark(bytes);
    if (type == CURLINFO_SSL_DATA_IN && is_record_header(bytes)) transfer.on_wire(record_size(bytes));
  } catch (...) {  // out of memory: the evidence lacks what was sent
    transfer.exchange_.raw_request.clear();
  }
  return 0;
}

int Transfer::progressed(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  const Stopped stopped = static_cast<Transfer*>(self)->stopped_;
  return stopped == Stopped::too_much_framing || stopped == Stopped::overdue || stopped == Stopped::connection_lost ? 1
                                                                                                                    : 0;
}

std::size_t Transfer::header_arrived(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->on_header({data, size * count}) ? size * count : 0;
  } catch (...) {  // out of memory; libcurl ends the transfer
    return 0;
  }
}

std::size_t Transfer::body_arrived(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->on_body({data, size * count}) ? size * count : 0;
  } catch (...) {
    return 0;
  }
}

// The last gate: whatever name or spelling led here, this is the address that would be connected to.
curl_socket_t Transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.stopped_ != Stopped::no) return CURL_SOCKET_BAD;
  try {
    transfer.note_foreign_message();
    const auto target = address_of(address->addr);
    if (!transfer.plan_.unguarded) {
      const auto why = target ? transfer.guard_.refusal(*target) : std::string("an address of another kind");
      if (why) {
        transfer.refused_address_ = *why;
        return CURL_SOCKET_BAD;
      }
    }
    transfer.tried_address_ = target ? to_string(*target) : "";
  } catch (...) {
    return CURL_SOCKET_BAD;
  }
  if (!transfer.socket_opened_) transfer.socket_opened_ = Clock::now();
  const curl_socket_t opened = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (opened == CURL_SOCKET_BAD) {
    transfer.no_socket_ = errno;
    return opened;
  }
  try {
    transfer.sockets_.push_back(opened);
  } catch (...) {  // out of memory: it is not looked at again
  }
  return opened;
}

}  // namespace linkaudit::probes
