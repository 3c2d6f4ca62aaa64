// HTTP answers, and what is no answer.
#include "tests/probes/failures/behaviour.h"
#include "tests/probes/fetch/zlib_coded.h"

namespace linkaudit::probes {
namespace {

const std::string kOk = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n";
const std::string kPage = "<title>A kettle</title><p>Price: 12<button>Add to cart</button>";

Answer says(const std::string& bytes) {
  return [=](Peer& peer, const Request&, const Spot&) {
    peer.send(bytes);
    peer.close();
  };
}

Answer with_length(std::size_t length) {
  return says(kOk + "Content-Length: " + std::to_string(length) + "\r\n\r\n" + kPage);
}

Answer coded(const std::string& coding, const std::string& body) {
  return says(kOk + "Content-Encoding: " + coding + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
              body);
}

Answer status(const std::string& line) {
  return says("HTTP/1.1 " + line + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
}

Answer reset_after(const std::string& bytes) {
  return [=](Peer& peer, const Request&, const Spot&) {
    peer.send(bytes);
    peer.send_then_reset();
  };
}

void reset_at_once(Peer& peer, const Request&, const Spot&) {
  peer.reset();
}

void stay_silent(Peer& peer, const Request&, const Spot&) {
  peer.wait();
}

// Never quite still, so that only a bound on the whole ends it.
void drip(Peer& peer, const Request&, const Spot&) {
  peer.send(kOk + "Content-Length: 1000000\r\n\r\n");
  while (peer.open() && !peer.closed_within(std::chrono::milliseconds(50))) peer.send("x");
  peer.close();
}

void stall_in_body(Peer& peer, const Request&, const Spot&) {
  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nslow");
  peer.wait();
}

void flood_headers(Peer& peer, const Request&, const Spot&) {
  peer.send("HTTP/1.1 200 OK\r\n");
  for (int i = 0; peer.open() && i < 100'000; ++i) peer.send("X-Flood: " + std::string(100, 'x') + "\r\n");
  peer.close();
}

void send_a_header_without_end(Peer& peer, const Request&, const Spot&) {
  peer.send("HTTP/1.1 200 OK\r\nX-Flood: ");
  for (int i = 0; peer.open() && i < 100'000; ++i) peer.send(std::string(1000, 'x'));
  peer.close();
}

std::string without_length(std::string answer) {
  const auto begin = answer.find("Content-Length");
  return answer.erase(begin, answer.find("\r\n", begin) + 2 - begin);
}

// The right answer, and more of it than anybody wants.
void send_a_body_without_end(Peer& peer, const Request&, const Spot& spot) {
  peer.send(without_length(spot.good));
  const std::string more(64 * 1024, 'x');
  while (peer.open()) peer.send(more);
}

}  // namespace

std::vector<Behaviour> answering_behaviours() {
  const std::string gzip = gzipped(kPage);
  return {
      {"reset_before_first_byte", Answer(reset_at_once)},
      {"reset_in_headers", reset_after("HTTP/1.1 200 OK\r\nContent-Ty")},
      {"reset_in_body", reset_after(kOk + "Content-Length: 1000\r\n\r\n<title>")},
      {"empty_reply", says("")},
      {"eof_in_headers", says("HTTP/1.1 200 OK\r\nContent-Ty")},
      {"eof_in_body", says(kOk + "Content-Length: 1000\r\n\r\n<title>")},
      {"content_length_too_long", with_length(kPage.size() + 1)},
      {"content_length_too_short", with_length(kPage.size() - 5)},
      {"content_length_twice",
       says(kOk + "Content-Length: " + std::to_string(kPage.size()) + "\r\nContent-Length: 5\r\n\r\n" + kPage)},
      {"broken_chunks", says(kOk + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")},
      {"eof_in_chunk", says(kOk + "Transfer-Encoding: chunked\r\n\r\n100\r\nabc")},
      {"eof_before_last_chunk", says(kOk + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")},
      {"no_http", says("SSH-2.0-OpenSSH_9.2\r\n")},
      {"bad_status_line", says("HTTP/9.9 abc\r\n\r\n")},
      {"bad_gzip", coded("gzip", kPage)},
      {"bad_deflate", coded("deflate", kPage)},
      {"bad_brotli", coded("br", kPage)},
      {"bad_zstd", coded("zstd", kPage)},
      {"gzip_cut_off", coded("gzip", gzip.substr(0, gzip.size() / 2))},
      {"unknown_coding", coded("compress", "x")},
      {"gzip_bomb", coded("gzip", gzipped(std::string(8 * 1024 * 1024, '\0')))},
      {"header_flood", Answer(flood_headers)},
      {"header_without_end", Answer(send_a_header_without_end)},
      {"endless_body", Answer(send_a_body_without_end)},
      {"silence", Answer(stay_silent), true},
      {"slow_drip", Answer(drip), true},
      {"stalled_body", Answer(stall_in_body), true},
      {"status_302_without_location", status("302 Found")},
      {"status_304", says("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")},
      {"status_400", status("400 Bad Request")},
      {"status_418", status("418 I'm a teapot")},
      {"status_600", status("600 Unheard Of")},
      {"status_999", status("999 Request Denied")},
      {"status_401", status("401 Unauthorized")},
      {"status_403", status("403 Forbidden")},
      {"status_404", status("404 Not Found")},
      {"status_410", status("410 Gone")},
      {"status_429", status("429 Too Many Requests")},
      {"status_451", status("451 Unavailable For Legal Reasons")},
      {"status_500", status("500 Internal Server Error")},
      {"status_502", status("502 Bad Gateway")},
      {"status_503", status("503 Service Unavailable")},
      {"status_504", status("504 Gateway Timeout")},
  };
}

}  // namespace linkaudit::probes
