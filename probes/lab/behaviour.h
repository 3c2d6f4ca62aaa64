// What somebody of the lab's internet does when a link is opened. A closed list.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace linkaudit::probes {

enum class Behaviour {
  // The host app's: what its gateway does.
  confirm,           // a page that can be tapped through: cgiData, type gray
  copy_to_browser,   // a page with the link to copy: cgiData, type empty
  copy_wording,      // the same by its sentence alone, type block absent
  stop_page,         // cgiData, type block
  stop_page_parsed,  // the older form: DATA = JSON.parse("...")
  stop_page_coded,   // the address does not name the target, only the body does
  gateway_error,     // status 502
  gateway_reset,     // the connection is reset
  gateway_slow,      // no answer
  // The platform's: what the target does.
  direct,  // its page; a gateway passes the link on
  login_wall,
  browser_prompt,  // asks to open it in a browser
  text_token,      // shows text to copy into the platform's app
  app_jump,        // leaves for the platform's app
  captcha,         // the platform's own risk control
  stop_copy,       // imitates the host app's stop page
  refuse,          // status 403
  target_gone,     // status 404
  target_error,    // status 502
  target_reset,
  target_slow,
};

inline constexpr std::array kBehaviours = {
    Behaviour::confirm,          Behaviour::copy_to_browser, Behaviour::copy_wording,  Behaviour::stop_page,
    Behaviour::stop_page_parsed, Behaviour::stop_page_coded, Behaviour::gateway_error, Behaviour::gateway_reset,
    Behaviour::gateway_slow,     Behaviour::direct,          Behaviour::login_wall,    Behaviour::browser_prompt,
    Behaviour::text_token,       Behaviour::app_jump,        Behaviour::captcha,       Behaviour::stop_copy,
    Behaviour::refuse,           Behaviour::target_gone,     Behaviour::target_error,  Behaviour::target_reset,
    Behaviour::target_slow,
};

std::string_view name(Behaviour behaviour);
std::optional<Behaviour> behaviour_from(std::string_view name);

// Whether a gateway does it. All others are done by the target, which knows the client but no context.
bool is_the_host_apps(Behaviour behaviour);

}  // namespace linkaudit::probes
