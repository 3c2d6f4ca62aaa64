#include "probes/prober.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "probes/fetch/url_check.h"
#include "probes/link_order.h"
#include "probes/link_probe.h"

namespace linkaudit::probes {
namespace {

// One run of probe().
class Probing {
 public:
  Probing(const ProberSettings& settings, std::span<const Target> targets, const NowFunction& now,
          const ProbeSink& sink, LookUp look_up, std::function<bool()> full)
      : settings_(settings),
        now_(now),
        sink_(sink),
        targets_(targets),
        given_(targets.size(), false),
        left_(targets.size()),
        most_links_(static_cast<std::size_t>(std::max(1, settings.network.concurrency))),
        classifier_(settings.knowledge),
        runner_(settings.network, std::move(look_up)),
        own_line_(runner_, settings),
        looks_(runner_, classifier_, settings, now, [this](const LegResult& leg) { leg_ended(leg); }),
        gateway_controls_(looks_, classifier_),
        soft_404_(looks_, settings),
        around_{settings, targets, classifier_, looks_, gateway_controls_, soft_404_, own_line_},
        order_(targets, targets_with_url(), settings.network.seed, 2 * settings.network.per_host_concurrency) {
    runner_.prepare_with([this](const auto& page) { classifier_.prepare(page); });
    runner_.hold_while(std::move(full));
  }

  void run(const std::stop_token& stop) {
    const std::stop_callback pass_on(stop, [this] { enough_.request_stop(); });
    give_all_without_url();
    if (left_ > 0) begin();
    const bool ended = runner_.run(enough_.get_token()) && !stop.stop_requested();
    enough_.request_stop();
    soft_404_.nothing_more();  // what is held back for its sake alone has been seen
    if (ended) {
      own_line_.nothing_more();
      give_rest("own_line_down");  // no link began, or none that was waited for got through
    }
    give_rest("cancelled");
  }

 private:
  void begin() {
    if (!own_line_.has_canaries() || all_refused()) return begin_links();
    own_line_.ask([this](bool works) { works ? begin_links() : give_rest("own_line_down"); });
  }

  // Then no packet is to be sent, to a canary neither.
  bool all_refused() const {
    const AddressGuard guard(settings_.network.allow_private);
    const ConnectTo connect_to(settings_.network.connect_to);
    return std::all_of(targets_.begin(), targets_.end(), [&](const Target& target) {
      const auto url = parse_url(target.link->url);
      return target.link->url.empty() || !url || check_url(*url, guard, connect_to).has_value();
    });
  }

  // As many as are to be under way: what is held in memory does not grow with the number of targets.
  void begin_links() {
    while (links_ < most_links_ && !enough_.stop_requested()) {
      const auto turn = order_.next();
      if (!turn) return;
      ++links_;
      auto cells_left = std::make_shared<std::size_t>(turn->targets.size());
      const auto done = [this, cells_left, host = turn->host](ProbeResult result) {
        give(std::move(result));
        if (--*cells_left > 0) return;
        --links_;
        order_.ended(host);
        begin_links();
      };
      std::make_shared<LinkProbe>(around_, turn->targets, done)->begin();
    }
  }

  void leg_ended(const LegResult& leg) { reached_http(leg) ? own_line_.works() : own_line_.failed(leg); }

  void give(ProbeResult result) {
    const std::size_t target = std::visit([](const auto& each) { return each.target; }, result);
    given_[target] = true;
    // The rest, such as a canary that hangs, is of no more use.
    if (--left_ == 0) enough_.request_stop();
    if (auto* missing = std::get_if<NotProbed>(&result)) {
      missing->at = now_();
      if (missing->reason == "own_line_down") missing->detail = own_line_.why();
    }
    sink_(std::move(result));
  }

  void give_rest(const char* reason) {
    for (std::size_t target = 0; target < targets_.size() && left_ > 0; ++target) {
      if (!given_[target]) give(NotProbed{target, reason, {}, {}});
    }
  }

  void give_all_without_url() {
    for (std::size_t target = 0; target < targets_.size(); ++target) {
      if (targets_[target].link->url.empty()) give(NotProbed{target, "no_url", {}, {}});
    }
  }

  std::vector<std::size_t> targets_with_url() const {
    std::vector<std::size_t> wanted;
    for (std::size_t target = 0; target < targets_.size(); ++target) {
      if (!targets_[target].link->url.empty()) wanted.push_back(target);
    }
    return wanted;
  }

  const ProberSettings& settings_;
  const NowFunction& now_;
  const ProbeSink& sink_;
  std::span<const Target> targets_;
  std::vector<bool> given_;
  std::size_t left_;
  std::size_t links_ = 0;  // under way
  std::size_t most_links_;
  std::stop_source enough_;
  Classifier classifier_;
  LegRunner runner_;
  OwnLine own_line_;
  Looks looks_;
  GatewayControls gateway_controls_;
  Soft404 soft_404_;
  LinkSurroundings around_;
  LinkOrder order_;
};

}  // namespace

void probe(const ProberSettings& settings, std::span<const Target> targets, const NowFunction& now,
           const ProbeSink& sink, std::stop_token stop) {
  probe(settings, targets, now, sink, std::move(stop), look_up_by_system);
}

void probe(const ProberSettings& settings, std::span<const Target> targets, const NowFunction& now,
           const ProbeSink& sink, std::stop_token stop, LookUp look_up, std::function<bool()> full) {
  Probing(settings, targets, now, sink, std::move(look_up), std::move(full)).run(stop);
}

}  // namespace linkaudit::probes
