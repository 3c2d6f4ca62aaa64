// Whether a site shows the same page at an address that nobody has made: then that page says little about its link.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probes/looks.h"

namespace linkaudit::probes {

// One address for each platform and run, asked for once with the control client, within seconds of its turn, never
// again: at the origin of the first page that a control leg of the platform has got, a path of 20 hex digits that
// follow from the seed and the instant, so that no site knows it beforehand. Of links of no known platform, the
// registrable domain counts as the platform.
class Soft404 {
 public:
  // The leg that showed the control's page at the made-up address; nullptr: none did, or nobody knows.
  using Then = std::function<void(std::shared_ptr<const LegEvidence> same)>;

  // Both must outlive this.
  Soft404(Looks& looks, const ProberSettings& settings) : looks_(looks), settings_(settings) {}

  // For a control leg of the platform, which must live until the answer. Perhaps at once: always when it was not
  // served by the platform.
  void ask(const std::string& platform, const LegSeen& control, Then then);

  // No leg is under way any more: who still waits is told that nobody knows.
  void nothing_more();

 private:
  struct Question {
    const LegSeen* control;
    Then then;
  };
  struct Site {
    std::optional<LegSeen> made_up;
    std::vector<Question> waiting;
  };
  void fetch(const std::string& name, const LegSeen& control, Site& site);

  Looks& looks_;
  const ProberSettings& settings_;
  std::map<std::string, Site> sites_;  // by platform; never moves what it holds
};

// Whether the two legs ended on the same page: byte for byte; or under one title with one visible text, or at one
// address but for its query. Of `made_up` only status 200 counts.
bool same_page(const LegSeen& control, const LegSeen& made_up);

}  // namespace linkaudit::probes
