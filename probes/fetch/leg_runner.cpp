#include "probes/leg_runner.h"

#include "probes/fetch/leg_loop.h"

namespace linkaudit::probes {

struct LegRunner::State {
  LegLoop loop;
};

LegRunner::LegRunner(const NetworkSettings& settings) : LegRunner(settings, look_up_by_system) {}
LegRunner::LegRunner(const NetworkSettings& settings, LookUp look_up)
    : state_(new State{LegLoop(settings, std::move(look_up))}) {}
LegRunner::LegRunner(LegRunner&&) noexcept = default;
LegRunner& LegRunner::operator=(LegRunner&&) noexcept = default;
LegRunner::~LegRunner() = default;

void LegRunner::add(LegRequest request, Done done, int delay_ms) {
  state_->loop.add(std::move(request), std::move(done), delay_ms);
}

void LegRunner::prepare_with(std::function<void(const std::shared_ptr<const PageFacts>&)> prepare) {
  state_->loop.prepare_with(std::move(prepare));
}

void LegRunner::hold_while(std::function<bool()> full) {
  state_->loop.hold_while(std::move(full));
}

bool LegRunner::run(std::stop_token stop) {
  return state_->loop.run(stop);
}

}  // namespace linkaudit::probes
