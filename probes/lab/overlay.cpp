#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "probes/lab/lab.h"

namespace linkaudit::probes {
namespace {

// A double-quoted JSON string is a YAML one, and a JSON list of them a YAML list.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}
std::string list(const std::vector<std::string>& texts) {
  return nlohmann::json(texts).dump();
}

// The lab's gateway is told the context, which no real one is: so that the table can speak of contexts.
std::string wechat_contexts() {
  std::string contexts;
  for (const char* id : {"one_to_one", "group", "moments", "article"}) {
    contexts += fmt::format(
        "      - id: {0}\n"
        "        gateway: {{url: \"https://mp.weixinbridge.com/mp/wapredirect?lab_context={0}&url={{url}}\", "
        "control: \"https://www.qq.com/\"}}\n",
        id);
  }
  return contexts;
}

}  // namespace

std::string Lab::overlay_yaml() const {
  return fmt::format(
      "{}, as long as it runs. Nothing here is an observation of a real service.\n"
      "version: 1\n"
      "network:\n"
      "  timeout_s: 4\n"
      "  attempts: 1\n"
      "  per_host: {{concurrency: 16, rate_per_s: 10000}}\n"
      "  canaries: {}\n"
      "  allow_private: [\"127.0.0.0/8\"]\n"
      "  connect_to: {}\n"
      "  ca_file: {}\n"
      "judgement: {{repeat_after_s: 0}}\n"
      "vantage: {{id: lab, simulated: true, name: {{en: \"Lab (simulated)\", zh: \"模拟环境\"}}}}\n"
      "hosts:\n"
      "  - id: wechat\n"
      "    contexts:\n"
      "{}"
      // The catalog has no sample link of Tmall's, since no source gives one; here any will do.
      "platforms:\n"
      "  - id: tmall\n"
      "    links:\n"
      "      - {{id: item, url: \"https://detail.tmall.com/item.htm?id=1\"}}\n",
      kLabOverlayMark, list(canaries()), list(connect_to()), quoted(ca_file()), wechat_contexts());
}

}  // namespace linkaudit::probes
