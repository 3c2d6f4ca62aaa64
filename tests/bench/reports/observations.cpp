#include "tests/bench/reports/observations.h"

#include <array>

namespace linkaudit::bench {
namespace {

using namespace reports;

const std::array<Badge, 5> outcomes = {{{"direct", "直接打开", "✓", Tone::good},
                                        {"confirm", "确认后打开", "◐", Tone::fair},
                                        {"external_browser", "需外部浏览器", "✗", Tone::bad},
                                        {"challenge", "无法判断：验证码", "?", Tone::unknown},
                                        {"blocked", "被拦截", "✗", Tone::bad}}};
const std::array<Term, 4> blames = {{{"none", "无"}, {"host", "宿主应用"}, {"platform", "平台"}, {"unknown", "未知"}}};
const std::array<std::string, 20> platforms = {
    "淘宝",   "闲鱼", "抖音小店", "京东",     "拼多多", "网易云音乐", "哔哩哔哩", "小红书", "快手",     "美团",
    "饿了么", "携程", "去哪儿",   "大众点评", "知乎",   "豆瓣",       "优酷",     "爱奇艺", "腾讯视频", "唯品会"};
const std::array<std::string, 6> contexts = {"微信 · 一对一聊天", "微信 · 群聊",   "微信 · 朋友圈",
                                             "QQ · 一对一聊天",   "微博 · 信息流", "钉钉 · 群聊"};

}  // namespace

void fill(Row& row, std::int64_t number) {
  const auto n = static_cast<std::size_t>(number);
  row.resize(12);
  row[0] = 10'000'000 - number;
  row[1] = Instant(std::chrono::milliseconds(1'643'299'199'000 - number * 61'000));
  row[2] = platforms[n % platforms.size()];
  row[3] = "shop" + std::to_string(n % 500) + "/item";
  row[4] = contexts[n % contexts.size()];
  row[5] = outcomes[n * 7 % outcomes.size()];
  row[6] = blames[n * 5 % blames.size()];
  row[7] = std::string("gateway");
  row[8] = std::string("http");
  row[9] = "wechat-stop-page@" + std::to_string(n % 3 + 1);
  row[10] = number % 4000;
  row[11] = "https://item.taobao.com/item.htm?id=" + std::to_string(600'000'000 + n);
}

Report report_of(std::int64_t rows) {
  Report report;
  report.title = "Observations";
  report.as_of = Instant(std::chrono::milliseconds(1'643'299'199'000));
  Table table{"observations",
              "Observations",
              "All that was seen, newest first.",
              {{"entry", "Entry", 10},
               {"at", "At", 20},
               {"platform", "Platform", 14},
               {"link", "Link", 20},
               {"context", "Context", 22},
               {"outcome", "Outcome", 22},
               {"blame", "Blame", 12},
               {"tier", "Tier", 10},
               {"method", "Method", 10},
               {"rule", "Rule", 22},
               {"ms", "ms", 10},
               {"url", "URL", 60, true}},
              {},
              2};
  table.rows = [rows] {
    return [rows, next = std::int64_t{0}](Row& row) mutable {
      if (next == rows) return false;
      fill(row, next++);
      return true;
    };
  };
  report.tables.push_back(std::move(table));
  report.order = {"observations"};
  return report;
}

}  // namespace linkaudit::bench
