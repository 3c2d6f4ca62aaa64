// The pages of the lab's internet, in the shape that the real ones have.
#pragma once

#include <string>
#include <string_view>

#include "probes/lab/behaviour.h"
#include "probes/lab/world.h"

namespace linkaudit::probes {

// What the lab sends back.
struct LabAnswer {
  enum class Line { answer, reset, hold };  // hold: say nothing until the client goes
  Line line = Line::answer;
  int status = 200;
  std::string location;  // "" for none
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
};

LabAnswer redirect_to(std::string location, int status = 302);
LabAnswer html(std::string body, int status = 200);
std::string escape_html(std::string_view text);
std::string encode_parameter(std::string_view text);

// WeChat's page for a link: where the gateway sends to, and the page there.
std::string wechat_page_url(Behaviour behaviour, const std::string& link);
LabAnswer wechat_page(const LabRequest& request);

// Pages that other host apps put before a link; they decide nothing about one. Nothing where there is none.
std::optional<LabAnswer> interstitial(const LabRequest& request);

// Pages of platforms. `url` is the request's own.
LabAnswer platform_page(const LabPlatform& platform, const std::string& url);
LabAnswer home_page(const LabPlatform& platform);
LabAnswer login_page(const LabPlatform& platform);
LabAnswer captcha_page(const LabPlatform& platform);
LabAnswer short_link_page(const Site& site);
LabAnswer browser_prompt_page(const LabPlatform& platform);
LabAnswer text_token_page(const LabPlatform& platform, const std::string& url);
LabAnswer app_jump_page(const LabPlatform& platform, const std::string& url);
LabAnswer stop_copy_page();

}  // namespace linkaudit::probes
