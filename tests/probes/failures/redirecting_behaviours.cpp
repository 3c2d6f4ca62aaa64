// Redirects that lead nowhere, too far, or where nothing may be asked.
#include "tests/probes/failures/behaviour.h"

namespace linkaudit::probes {
namespace {

void lead(Peer& peer, const std::string& location) {
  peer.answer("302 Found", "Connection: close\r\nLocation: " + location + "\r\n", "");
  peer.close();
}

Answer leads_to(const std::string& location) {
  return [=](Peer& peer, const Request&, const Spot&) { lead(peer, location); };
}

// How many redirects are left when the server is asked: one has been used to get there, or the gateway's own, which
// does not count, is still to come.
int redirects_left(const Spot& spot) {
  if (spot.place == "redirected") return kMostRedirects - 1;
  return spot.place == "gateway" ? kMostRedirects + 1 : kMostRedirects;
}

// So many redirects, the last one to a page of the shop.
void lead_on(Peer& peer, const Request& request, const Spot& spot, int redirects) {
  const std::string chain = "/chain/";
  const int taken = request.path.starts_with(chain) ? std::stoi(request.path.substr(chain.size())) : 0;
  lead(peer, taken + 1 < redirects ? chain + std::to_string(taken + 1) : spot.page);
}

void lead_to_the_limit(Peer& peer, const Request& request, const Spot& spot) {
  lead_on(peer, request, spot, redirects_left(spot));
}

void lead_over_the_limit(Peer& peer, const Request& request, const Spot& spot) {
  lead_on(peer, request, spot, redirects_left(spot) + 1);
}

void lead_in_a_circle(Peer& peer, const Request& request, const Spot&) {
  lead(peer, request.path == "/chain/a" ? "/chain/b" : "/chain/a");
}

}  // namespace

std::vector<Behaviour> redirecting_behaviours() {
  return {
      {"location_without_host", leads_to("http://")},
      {"location_empty", leads_to("")},
      {"redirect_loop", Answer(lead_in_a_circle)},
      {"redirects_at_the_limit", Answer(lead_to_the_limit)},
      {"redirects_one_over_the_limit", Answer(lead_over_the_limit)},
      {"redirect_to_private_address", leads_to("http://10.0.0.1/admin")},
      {"redirect_to_name_of_private_address", leads_to("http://inside.example/admin")},
      {"redirect_to_file", leads_to("file:///etc/passwd")},
      {"redirect_to_ftp", leads_to("ftp://files.example/")},
      {"redirect_to_port_of_mail", leads_to("http://mail.example:25/")},
      {"redirect_with_credentials", leads_to("http://user:word@shop.example/")},
  };
}

}  // namespace linkaudit::probes
