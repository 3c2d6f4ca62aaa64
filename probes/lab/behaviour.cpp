#include "probes/lab/behaviour.h"

namespace linkaudit::probes {

std::string_view name(Behaviour behaviour) {
  switch (behaviour) {
    case Behaviour::confirm: return "confirm";
    case Behaviour::copy_to_browser: return "copy_to_browser";
    case Behaviour::copy_wording: return "copy_wording";
    case Behaviour::stop_page: return "stop_page";
    case Behaviour::stop_page_parsed: return "stop_page_parsed";
    case Behaviour::stop_page_coded: return "stop_page_coded";
    case Behaviour::gateway_error: return "gateway_error";
    case Behaviour::gateway_reset: return "gateway_reset";
    case Behaviour::gateway_slow: return "gateway_slow";
    case Behaviour::direct: return "direct";
    case Behaviour::login_wall: return "login_wall";
    case Behaviour::browser_prompt: return "browser_prompt";
    case Behaviour::text_token: return "text_token";
    case Behaviour::app_jump: return "app_jump";
    case Behaviour::captcha: return "captcha";
    case Behaviour::stop_copy: return "stop_copy";
    case Behaviour::refuse: return "refuse";
    case Behaviour::target_gone: return "target_gone";
    case Behaviour::target_error: return "target_error";
    case Behaviour::target_reset: return "target_reset";
    case Behaviour::target_slow: return "target_slow";
  }
  return {};
}

std::optional<Behaviour> behaviour_from(std::string_view wanted) {
  for (const Behaviour behaviour : kBehaviours) {
    if (name(behaviour) == wanted) return behaviour;
  }
  return std::nullopt;
}

bool is_the_host_apps(Behaviour behaviour) {
  return behaviour < Behaviour::direct;
}

}  // namespace linkaudit::probes
