#include "tests/probes/failures/acting.h"

#include <netdb.h>

#include <algorithm>
#include <mutex>
#include <string_view>

#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

// Each on a connection of its own, so that no request finds one that is stale and is sent twice.
std::string answer_of(const std::string& status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
         headers + "\r\n" + body;
}

std::string shop_page_answer() {
  return answer_of("200 OK", "Content-Type: text/html\r\n",
                   "<title>A kettle</title><p>Price: 12<button>Add to cart</button>");
}

std::string redirect_answer(const std::string& location) {
  return answer_of("302 Found", "Location: " + location + "\r\n", "");
}

bool is_met_by(const Row& row, const Request& request) {
  const bool control = request.header("User-Agent").starts_with("browser");
  return row.leg == "both" || control == (row.leg == "control");
}

bool is_known(const Request& request) {
  constexpr std::string_view known[] = {"/item", "/second", "/page", "/open?", "/chain/"};
  return std::ranges::any_of(known, [&](std::string_view begin) { return request.path.starts_with(begin); });
}

bool asks_for_control(const Request& request) {
  return request.path.find("www.chat.example") != std::string::npos;
}

}  // namespace

Acting::Acting(const Behaviour& behaviour, const Certificates& certificates, const std::string& ca_file,
               const std::vector<Row>& rows)
    : behaviour_(behaviour) {
  for (const Row& row : rows) cast(row);
  for (const Row& row : rows) aim_at(row);
  if (behaviour_.tls()) {
    secure_ = secure_server(certificates, false);
    secure_after_once_ = secure_server(certificates, true);
    world_.settings.network.ca_file = ca_file;
  }
  const Script script = [this](Peer& peer, const Request& request) { serve(peer, request); };
  for (const char* path : {"", "/item", "/open"}) world_.server.on(path, script);
  // Before a run, and never again.
  const Script answering = [](Peer& peer, const Request&) {
    peer.answer("204 No Content", "Connection: close\r\n", "");
  };
  world_.server.on("/canary", first_times(1, answering, resetting()));
  lead_to_servers();
  world_.settings.network.canaries.clear();
  world_.settings.network.max_redirects = kMostRedirects;
  if (!behaviour_.slow) return;
  world_.settings.network.connect_s = world_.settings.network.first_byte_s = 2;
  world_.settings.network.timeout_s = 3;
}

void Acting::cast(const Row& row) {
  const bool at_gateway = row.place == "gateway";
  parts_[host_of_part(row, Role::link)] = {&row, Role::link, row.place == "first" || (at_gateway && row.leg == "both")};
  parts_[host_of_part(row, Role::second)] = {&row, Role::second, row.place == "redirected"};
  parts_[host_of_part(row, Role::page)] = {&row, Role::page, false};
  parts_[host_of_part(row, Role::gateway)] = {&row, Role::gateway, at_gateway};
}

void Acting::lead_to_servers() {
  auto& entries = world_.settings.network.connect_to;
  const std::string everywhere = "::127.0.0.1:" + std::to_string(world_.server.port());
  entries = {"www.chat.example" + everywhere, "canary.example" + everywhere};
  for (const auto& [host, part] : parts_) entries.push_back(connect_to(host, part));
  // Names that fail once lead to this machine afterwards.
  if (std::holds_alternative<NameFails>(behaviour_.deed)) world_.settings.network.allow_private = {"127.0.0.1/32"};
}

std::string Acting::connect_to(const std::string& host, const Part& part) const {
  const bool named = part.bad && std::holds_alternative<NameFails>(behaviour_.deed);
  return host + (named ? ":::" : "::127.0.0.1:") + std::to_string(port_of(part));
}

int Acting::port_of(const Part& part) const {
  if (part.bad && behaviour_.tls()) return (part.row->when == "once" ? secure_after_once_ : secure_)->port();
  if (part.bad && std::holds_alternative<NobodyListens>(behaviour_.deed)) return closed_.port();
  if (part.bad && std::holds_alternative<NobodyIsLetIn>(behaviour_.deed)) return full_.port();
  return world_.server.port();
}

std::unique_ptr<ScriptServer> Acting::secure_server(const Certificates& certificates, bool only_once) const {
  auto server = std::make_unique<ScriptServer>(ScriptServer::Tls{.identity = &certificates.good});
  const auto now = [only_once, begun = std::make_shared<std::atomic<int>>(0)] {
    return begun->fetch_add(1) == 0 || !only_once;
  };
  if (const auto* before = std::get_if<BeforeTls>(&behaviour_.deed)) {
    server->on_connect([now, before](Peer& peer) {
      if (now()) (*before)(peer);
    });
  }
  if (const auto* handshake = std::get_if<Handshake>(&behaviour_.deed)) {
    server->on_handshake([now, handshake](SSL* ssl) {
      if (now()) (*handshake)(ssl);
    });
  }
  server->on("", [this](Peer& peer, const Request& request) { serve(peer, request); });
  return server;
}

LookUp Acting::look_up() const {
  // Shared: its thread may outlive this by a moment.
  auto parts = std::make_shared<const std::map<std::string, Part>>(parts_);
  const auto* fails = std::get_if<NameFails>(&behaviour_.deed);
  return [parts, error = fails == nullptr ? 0 : fails->error](const std::string& host) -> NameAnswer {
    if (host == "inside.example") return {{*parse_address("10.0.0.1")}, 0};
    const auto found = parts->find(host);
    if (found == parts->end() || !found->second.bad) return {{}, EAI_NONAME};
    const Part& part = found->second;
    if (part.row->when == "once" && part.asked->fetch_add(1) > 0) return {{*parse_address("127.0.0.1")}, 0};
    return {{}, error};
  };
}

void Acting::aim_at(const Row& row) {
  Context context = plain_context();
  if (through_gateway(row)) {
    context = gateway_context();
    context.gateway->url = url_of(row, Role::gateway, "/open?url={url}");
    // A server that cannot tell the control from the link is to be asked for the link first.
    if (row.when == "once" && !behaviour_.after_request()) context.gateway->control.clear();
  }
  static std::mutex one_at_a_time;  // behaviours are acted out side by side
  const std::scoped_lock lock(one_at_a_time);
  targets_.push_back(target(url_of(row, Role::link, "/item"), std::move(context)));
}

// A server that cannot tell the legs apart fails the control leg alone when the gateway leads past it.
bool Acting::through_gateway(const Row& row) const {
  return row.place == "gateway" || (row.place == "first" && row.leg == "control" && !behaviour_.after_request());
}

void Acting::serve(Peer& peer, const Request& request) const {
  const auto part = parts_.find(request.host.substr(0, request.host.find(':')));
  if (part == parts_.end()) return peer.close();
  if (!is_known(request)) return peer.answer("404 Not Found", "", "no such page");
  const std::string good = good_answer(part->second, request);
  if (misbehaves(part->second, request)) {
    const Row& row = *part->second.row;
    const std::string place = part->second.role == Role::link ? "first" : row.place;
    return std::get<Answer>(behaviour_.deed)(peer, request, {place, url_of(row, Role::page, "/page"), good});
  }
  peer.send(good);
  peer.close();
}

bool Acting::misbehaves(const Part& part, const Request& request) const {
  if (!part.bad || !behaviour_.after_request()) return false;
  if (request.path.starts_with("/chain/")) return true;
  if (part.role != Role::gateway) return is_met_by(*part.row, request);
  if (part.row->when == "again") return !asks_for_control(request);
  if (part.row->when == "once") return !asks_for_control(request) && part.asked->fetch_add(1) == 0;
  return true;
}

std::string Acting::good_answer(const Part& part, const Request& request) const {
  const Row& row = *part.row;
  if (part.role == Role::gateway) {
    const bool past_the_link = row.place == "first" && !asks_for_control(request);
    return redirect_answer(past_the_link ? url_of(row, Role::page, "/page")
                                         : query_parameter("http://x" + request.path, "url").value_or(""));
  }
  const bool leads_on = part.role == Role::link && row.place == "redirected" && is_met_by(row, request);
  return leads_on ? redirect_answer(url_of(row, Role::second, "/second")) : shop_page_answer();
}

std::string Acting::url_of(const Row& row, Role role, const std::string& path) const {
  const std::string host = host_of_part(row, role);
  return (parts_.at(host).bad && behaviour_.tls() ? "https://" : "http://") + host + path;
}

std::string Acting::host_of_part(const Row& row, Role role) {
  const std::string name = "line" + std::to_string(row.line);
  switch (role) {
    case Role::link: return name + ".shop.example";
    case Role::second: return name + "-second.shop.example";
    case Role::page: return name + "-page.shop.example";
    case Role::gateway: return name + "-gate.chat.example";
  }
  return name;
}

}  // namespace linkaudit::probes
