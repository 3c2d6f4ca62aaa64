#include <initializer_list>

#include "probes/lab/table.h"

namespace linkaudit::probes {
namespace {

constexpr const char* kAlways = "2018-05-21";

using Names = std::initializer_list<const char*>;

constexpr Names kShops = {"taobao", "tmall", "xianyu", "douyin_shop"};
constexpr Names kOnceBlocked = {"taobao", "tmall", "xianyu", "douyin_shop", "douyin"};

// WeChat before the deadline, on it, after the update of November, and on a bad day of 2023.
void add_wechat_history(std::vector<LabRow>& rows) {
  for (const char* platform : kOnceBlocked) {
    rows.push_back(
        {"wechat", "", platform, kAlways, Behaviour::copy_to_browser, Outcome::external_browser, Blame::host});
    rows.push_back(
        {"wechat", "wechat/one_to_one", platform, "2021-09-17", Behaviour::confirm, Outcome::confirm, Blame::host});
    rows.push_back(
        {"wechat", "wechat/one_to_one", platform, "2021-11-29", Behaviour::direct, Outcome::direct, Blame::none});
  }
  for (const char* platform : kShops) {
    rows.push_back({"wechat", "wechat/group", platform, "2021-11-29", Behaviour::direct, Outcome::direct, Blame::none});
  }
  rows.push_back(
      {"wechat", "wechat/one_to_one", "douyin", "2023-01-10", Behaviour::stop_page, Outcome::blocked, Blame::host});
  rows.push_back(
      {"wechat", "wechat/one_to_one", "douyin", "2023-01-11", Behaviour::direct, Outcome::direct, Blame::none});
}

// Each shape of WeChat's pages and each failure of its gateway.
void add_wechat_shapes(std::vector<LabRow>& rows) {
  const auto add = [&](const char* context, const char* platform, Behaviour behaviour, Outcome outcome, Blame blame) {
    rows.push_back({"wechat", context, platform, kAlways, behaviour, outcome, blame});
  };
  add("wechat/moments", "pinduoduo", Behaviour::stop_page, Outcome::blocked, Blame::host);
  add("wechat/group", "pinduoduo", Behaviour::copy_wording, Outcome::external_browser, Blame::host);
  add("wechat/moments", "kuaishou", Behaviour::stop_page_parsed, Outcome::blocked, Blame::host);
  add("wechat/group", "kuaishou", Behaviour::stop_page_coded, Outcome::blocked, Blame::host);
  // Its gateway passes its own control, so a failure on one link, seen twice, is its doing.
  add("wechat/group", "bilibili", Behaviour::gateway_reset, Outcome::blocked, Blame::host);
  add("wechat/moments", "bilibili", Behaviour::gateway_slow, Outcome::blocked, Blame::host);
  // An error status of the gateway's is no word on the link.
  add("wechat/group", "jd", Behaviour::gateway_error, Outcome::unreachable, Blame::unknown);
  add("", "bilibili", Behaviour::stop_copy, Outcome::blocked, Blame::platform);
}

// What targets do towards a client: nothing of it is the host app's.
void add_targets(std::vector<LabRow>& rows) {
  const auto add = [&](const char* host, const char* platform, const char* from, Behaviour behaviour, Outcome outcome) {
    rows.push_back({host, "", platform, from, behaviour, outcome, Blame::platform});
  };
  add("qq", "douyin", "2021-09-17", Behaviour::text_token, Outcome::text_token);
  add("qq", "douyin_shop", kAlways, Behaviour::app_jump, Outcome::app_jump);
  add("qq", "tmall", kAlways, Behaviour::browser_prompt, Outcome::external_browser);
  add("qq", "jd", kAlways, Behaviour::refuse, Outcome::blocked);
  for (const char* platform : {"taobao", "tmall", "jd", "pinduoduo", "zhihu"}) {
    add("weibo", platform, kAlways, Behaviour::captcha, Outcome::challenge);
  }
  add("dingtalk", "douyin", kAlways, Behaviour::captcha, Outcome::challenge);
  for (const char* platform : {"taobao", "xianyu", "jd", "pinduoduo", "zhihu"}) {
    add("feishu", platform, kAlways, Behaviour::login_wall, Outcome::login_wall);
  }
  add("feishu", "bilibili", kAlways, Behaviour::target_error, Outcome::blocked);
  // Towards everybody, the plain browser too: nothing that a host app could be blamed for.
  add("", "xiaohongshu", kAlways, Behaviour::captcha, Outcome::challenge);
}

void add_network_failures(std::vector<LabRow>& rows) {
  const auto add = [&](const char* host, const char* platform, Behaviour behaviour, Outcome outcome, Blame blame) {
    rows.push_back({host, "", platform, kAlways, behaviour, outcome, blame});
  };
  add("", "netease_music", Behaviour::target_error, Outcome::unreachable, Blame::target_down);
  add("weibo", "kuaishou", Behaviour::target_slow, Outcome::unreachable, Blame::unknown);
  add("dingtalk", "kuaishou", Behaviour::target_reset, Outcome::unreachable, Blame::unknown);
  // Stopped by the host app, but there is nothing to be seen either way.
  rows.push_back(
      {"wechat", "wechat/moments", "netease_music", kAlways, Behaviour::stop_page, Outcome::blocked, Blame::unknown});
}

}  // namespace

std::vector<LabRow> default_rows() {
  std::vector<LabRow> rows = {{"", "", "", "2000-01-01", Behaviour::direct, Outcome::direct, Blame::none}};
  add_wechat_history(rows);
  add_wechat_shapes(rows);
  add_targets(rows);
  add_network_failures(rows);
  return rows;
}

}  // namespace linkaudit::probes
