// One link in all its contexts: one control leg, a context leg for each cell, and what comparing them says.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "probes/gateway_controls.h"
#include "probes/looks.h"
#include "probes/own_line.h"
#include "probes/soft_404.h"

namespace linkaudit::probes {

// What the links of a run share; all of it outlives them.
struct LinkSurroundings {
  const ProberSettings& settings;
  std::span<const Target> targets;
  const Classifier& classifier;
  Looks& looks;
  GatewayControls& gateway_controls;
  Soft404& soft_404;
  OwnLine& own_line;
};

// Lives as long as a leg or a question of it is under way.
class LinkProbe : public std::enable_shared_from_this<LinkProbe> {
 public:
  using Done = std::function<void(ProbeResult)>;

  // `cells`: indices into the targets. `done` is called once for each of them.
  LinkProbe(const LinkSurroundings& around, std::span<const std::size_t> cells, Done done);
  void begin();

 private:
  struct Cell {
    std::size_t target = 0;
    std::optional<LegSeen> context;
    const LegSeen* gateway_control = nullptr;
  };
  void control_ended(LegSeen seen);
  void begin(Cell& cell);
  void ask_gateway(Cell& cell);
  void compare_if_whole(Cell& cell);
  void give(Cell& cell, const Judged& judged);
  const Target& target_of(const Cell& cell) const { return around_.targets[cell.target]; }

  const LinkSurroundings& around_;
  Done done_;
  std::string url_, platform_;
  std::optional<LegSeen> control_;
  bool soft_404_known_ = false;
  std::shared_ptr<const LegEvidence> same_page_;  // the leg to a made-up address that ended on the control's page
  std::vector<Cell> cells_;
};

}  // namespace linkaudit::probes
