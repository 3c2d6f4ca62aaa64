#include "audit/run/timestamp_authority.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>

#include <istream>
#include <memory>
#include <ostream>

namespace linkaudit::run {
namespace {

constexpr std::size_t kMostReplyBytes = 64U << 10U;

std::unique_ptr<Poco::Net::HTTPClientSession> session_for(const Poco::URI& uri) {
  if (uri.getScheme() != "https") return std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), uri.getPort());
  const Poco::Net::Context::Ptr context(new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", "", "",
                                                               Poco::Net::Context::VERIFY_STRICT, 9, true));
  return std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
}

std::string read_reply(std::istream& in) {
  std::string reply(kMostReplyBytes + 1, '\0');
  in.read(reply.data(), static_cast<std::streamsize>(reply.size()));
  reply.resize(static_cast<std::size_t>(in.gcount()));
  return reply;
}

}  // namespace

bool is_timestamp_authority(const std::string& url) {
  try {
    const Poco::URI uri(url);
    const bool http = uri.getScheme() == "http" || uri.getScheme() == "https";
    return http && !uri.getHost().empty() && uri.getUserInfo().empty();
  } catch (const Poco::Exception&) {
    return false;
  }
}

tl::expected<std::string, std::string> ask_timestamp_authority(const std::string& url, const std::string& request) {
  if (!is_timestamp_authority(url)) return tl::unexpected(std::string("has no such URL; ") + kValidAuthorities);
  try {
    const Poco::URI uri(url);
    const auto session = session_for(uri);
    session->setTimeout(Poco::Timespan(30, 0));
    Poco::Net::HTTPRequest head(Poco::Net::HTTPRequest::HTTP_POST,
                                uri.getPathAndQuery().empty() ? "/" : uri.getPathAndQuery(),
                                Poco::Net::HTTPMessage::HTTP_1_1);
    head.setContentType("application/timestamp-query");
    head.setContentLength64(static_cast<Poco::Int64>(request.size()));
    session->sendRequest(head) << request << std::flush;
    Poco::Net::HTTPResponse answer;
    std::string reply = read_reply(session->receiveResponse(answer));
    if (answer.getStatus() != Poco::Net::HTTPResponse::HTTP_OK) {
      return tl::unexpected("answered " + std::to_string(answer.getStatus()));
    }
    if (reply.size() > kMostReplyBytes) return tl::unexpected(std::string("answered more than any time-stamp"));
    return reply;
  } catch (const Poco::Exception& error) {
    return tl::unexpected("cannot be asked: " + error.displayText());
  }
}

}  // namespace linkaudit::run
