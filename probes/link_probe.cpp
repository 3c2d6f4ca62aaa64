#include "probes/link_probe.h"

#include <utility>

#include "probes/fetch/url.h"
#include "probes/observation_of.h"
#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

bool has_gateway_control(const Context& context) {
  return context.gateway && !context.gateway->control.empty();
}

LegRequest plain_request(Leg leg, const std::string& url, const Client& client) {
  LegRequest request;
  request.leg = leg;
  request.url = request.link_url = url;
  request.client = client;
  return request;
}

// As the hops will name it: an internationalized host is punycode there. A URL that cannot be read, or that others may
// read otherwise, stays as it is, and is refused before anything is asked.
LegRequest with_link_as_fetched(LegRequest request) {
  const auto url = parse_url(request.link_url);
  if (url && url->doubt.empty()) request.link_url = url->text;
  return request;
}

void add_attempts(const LegSeen& leg, Probed& probed) {
  auto& attempts = probed.observation.earlier;
  attempts.insert(attempts.end(), leg.earlier.begin(), leg.earlier.end());
  probed.evidence.insert(probed.evidence.end(), leg.earlier_evidence.begin(), leg.earlier_evidence.end());
}

// Before any packet: nobody was asked for it, and nobody is asked about it.
bool refused(const LegSeen& context) {
  return context.hops.empty();
}

}  // namespace

LinkProbe::LinkProbe(const LinkSurroundings& around, std::span<const std::size_t> cells, Done done)
    : around_(around), done_(std::move(done)) {
  const Link& link = *around_.targets[cells.front()].link;
  url_ = link.url;
  const auto parsed = parse_url(url_);
  platform_ = link.platform.empty() ? around_.classifier.platform_of_link(parsed ? parsed->text : url_) : link.platform;
  for (const std::size_t target : cells) cells_.push_back({target, std::nullopt, nullptr});
}

void LinkProbe::begin() {
  const auto self = shared_from_this();
  around_.looks.begin(with_link_as_fetched(plain_request(Leg::control, url_, around_.settings.control_client)), "",
                      platform_, [self](LegSeen seen) { self->control_ended(std::move(seen)); });
  for (Cell& cell : cells_) begin(cell);
}

void LinkProbe::control_ended(LegSeen seen) {
  control_ = std::move(seen);
  around_.soft_404.ask(platform_, *control_, [self = shared_from_this()](std::shared_ptr<const LegEvidence> same) {
    self->soft_404_known_ = true;
    self->same_page_ = std::move(same);
    for (Cell& cell : self->cells_) self->compare_if_whole(cell);
  });
}

void LinkProbe::begin(Cell& cell) {
  const auto self = shared_from_this();
  const Context& context = *target_of(cell).context;
  LegRequest request = context.gateway ? gateway_request(*context.gateway, std::string(trim(url_)), context.client)
                                       : plain_request(Leg::context, url_, context.client);
  around_.looks.begin(with_link_as_fetched(std::move(request)), context.host, platform_, [self, &cell](LegSeen seen) {
    cell.context = std::move(seen);
    self->ask_gateway(cell);
  });
}

void LinkProbe::ask_gateway(Cell& cell) {
  const Context& context = *target_of(cell).context;
  if (!has_gateway_control(context) || refused(*cell.context)) return compare_if_whole(cell);
  around_.gateway_controls.ask(context, [self = shared_from_this(), &cell](const LegSeen& seen) {
    cell.gateway_control = &seen;
    self->compare_if_whole(cell);
  });
}

void LinkProbe::compare_if_whole(Cell& cell) {
  if (!soft_404_known_ || !cell.context) return;
  const bool asks_gateway = has_gateway_control(*target_of(cell).context) && !refused(*cell.context);
  if (asks_gateway && cell.gateway_control == nullptr) return;
  Comparison legs;
  legs.control = control_->verdict;
  legs.context = cell.context->verdict;
  if (cell.gateway_control != nullptr) legs.gateway_control = cell.gateway_control->verdict;
  legs.seen_again = cell.context->seen_again;
  Judged judged = compare(legs);
  if (!cell.context->failed_on_network) return give(cell, judged);
  around_.own_line.ask([self = shared_from_this(), &cell, judged = std::move(judged)](bool works) {
    if (works) return self->give(cell, judged);
    self->done_(NotProbed{cell.target, "own_line_down", {}, {}});
  });
}

void LinkProbe::give(Cell& cell, const Judged& judged) {
  Probed probed{
      cell.target, observation_of(target_of(cell), platform_, around_.settings, *cell.context, *control_, judged), {}};
  probed.evidence = {std::move(cell.context->evidence), control_->evidence};
  if (cell.gateway_control != nullptr) probed.evidence.push_back(cell.gateway_control->evidence);
  if (same_page_) {
    probed.observation.notes.push_back("soft_404");
    probed.evidence.push_back(same_page_);
  }
  add_attempts(*cell.context, probed);
  add_attempts(*control_, probed);
  if (cell.gateway_control != nullptr) add_attempts(*cell.gateway_control, probed);
  cell.context.reset();  // its pages need not wait for the other cells
  done_(std::move(probed));
}

}  // namespace linkaudit::probes
