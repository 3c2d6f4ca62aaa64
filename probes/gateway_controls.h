// A link that the host app is known to open, fetched through each gateway once in a run.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "probes/looks.h"

namespace linkaudit::probes {

class GatewayControls {
 public:
  using Then = std::function<void(const LegSeen&)>;  // what it is given lives as long as this

  // Both must outlive this.
  GatewayControls(Looks& looks, const Classifier& classifier) : looks_(looks), classifier_(classifier) {}

  // The control of the context's gateway, which must have one; fetched when first asked for. Perhaps at once.
  void ask(const Context& context, Then then);

 private:
  struct Control {
    Gateway gateway;
    std::optional<LegSeen> seen;
    std::vector<Then> waiting;
  };
  void fetch(const Context& context, Control& control);

  Looks& looks_;
  const Classifier& classifier_;
  std::deque<Control> controls_;  // never moves what it holds
};

// The leg of a link through a gateway.
LegRequest gateway_request(const Gateway& gateway, const std::string& link, const Client& client);

}  // namespace linkaudit::probes
