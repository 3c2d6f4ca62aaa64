#include "tests/reports/sample_parts.h"
#include "tests/reports/samples.h"

namespace linkaudit::reports::samples {
namespace {

// Clauses by platform, each number counted again from the findings.
Table clauses(const Picker& t) {
  const std::vector<std::string> platforms = {t("Taobao", "淘宝"), t("Xianyu", "闲鱼"), t("Douyin shop", "抖音小店"),
                                              "5* ~ \"? =x"};
  Table table{"clauses",
              t("Clauses", "条款"),
              t("For each platform, how many findings there are of each kind.", "各平台各类认定的数量。"),
              {{"platform", t("Platform", "平台"), 30, true},
               {"met", met(t).label, 14},
               {"breached", breached(t).label, 14},
               {"undetermined", undetermined(t).label, 14},
               {"all", t("All", "合计"), 14, false, Input::none, {}, {}, true}},
              {},
              1};
  const std::int64_t counts[4][3] = {{1, 1, 0}, {0, 1, 1}, {0, 1, 0}, {1, 0, 12}};
  const Badge badges[3] = {met(t), breached(t), undetermined(t)};
  std::vector<Row> rows;
  std::int64_t totals[4] = {};
  for (std::size_t i = 0; i < platforms.size(); ++i) {
    Row row = {platforms[i]};
    std::int64_t all = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      row.emplace_back(Counted{counts[i][j], "findings", {{"platform", platforms[i]}, {"status", badges[j]}}});
      all += counts[i][j];
      totals[j] += counts[i][j];
    }
    row.emplace_back(Summed{all, {"met", "breached", "undetermined"}});
    totals[3] += all;
    rows.push_back(std::move(row));
  }
  Row total = {t("Total", "总计")};
  for (std::size_t j = 0; j < 3; ++j) total.emplace_back(Counted{totals[j], "findings", {{"status", badges[j]}}});
  total.emplace_back(Summed{totals[3], {"met", "breached", "undetermined"}});
  rows.push_back(std::move(total));
  table.chart = BarChart{t("=Findings by platform", "=各平台的认定"),
                         "platform",
                         {{"met", Tone::good}, {"breached", Tone::bad}, {"undetermined", Tone::unknown}},
                         platforms.size()};
  table.rows = rows_of(std::move(rows));
  return table;
}

// Findings with columns to be filled in, more of them than are counted by hand.
Table findings_to_fill_in(const Picker& t) {
  Table table = findings(t);
  table.columns.push_back(
      {"owner", t("Owner", "负责人"), 14, false, Input::text, {}, t("Who sees to it.", "由谁负责。")});
  table.columns.push_back(
      {"action",
       t("Action", "措施"),
       18,
       false,
       Input::choice,
       {t("ask the host app", "联系宿主应用"), t("ask the platform", "联系平台"), t("none", "无")}});
  table.columns.push_back({"due", t("Due", "期限"), 12, false, Input::date});
  table.columns.push_back({"remark", t("Remark", "备注"), 30, false, Input::choice, {"a, b", "c \"d\"", "=e"}});
  std::vector<Row> rows;
  const NextRow next = table.rows();
  for (Row row; next(row);) rows.push_back(row);
  rows[0].insert(rows[0].end(), {std::string("=1+1"), t("ask the platform", "联系平台"),
                                 desk_test() - std::chrono::hours(24 * 3), std::string("a, b")});
  rows[1].insert(rows[1].end(), {t("Ms Li", "李女士"), std::string(), desk_test() + std::chrono::hours(24 * 3)});
  const Row met_one = {rows[0][0], std::string("5* ~ \"? =x"), rows[0][2], met(t), rows[0][4], {}, true, 1.0, {}};
  rows.push_back(met_one);
  Row open_one = met_one;
  open_one[3] = undetermined(t);
  for (int i = 0; i < 12; ++i) rows.push_back(open_one);
  open_one[1] = std::string("5xx ~ \"y =x");  // would be one of them, were a star a pattern
  open_one[3] = external(t);
  rows.push_back(open_one);
  table.rows = rows_of(std::move(rows));
  return table;
}

Table gaps(const Picker& t) {
  Table table{"gaps",
              t("Gaps", "缺口"),
              t("What was planned and not seen, by day and reason.", "计划但未能观测的次数，按日期与原因。"),
              {{"day", t("Day", "日期"), 14}},
              {},
              1};
  for (int i = 0; i < 6; ++i) {
    table.columns.push_back({"reason_" + std::to_string(i), t("reason ", "原因 ") + std::to_string(i + 1), 11});
    table.columns.back().heat = true;
  }
  std::vector<Row> rows;
  for (int day = 1; day <= 14; ++day) {
    Row row = {std::string("2022-01-") + (day < 10 ? "0" : "") + std::to_string(day)};
    for (int i = 0; i < 6; ++i) row.emplace_back(std::int64_t{day * i % 7 * (day == 9 ? 400 : 3)});
    rows.push_back(std::move(row));
  }
  table.rows = rows_of(std::move(rows));
  return table;
}

Table evidence(const Picker& t, const std::string& png) {
  Table table{"evidence",
              t("Evidence", "证据"),
              t("What the findings rest on.", "认定所依据的证据。"),
              {{"entry", t("Entry", "记录"), 10},
               {"leaf", t("Leaf hash", "叶哈希"), 40, true},
               {"screenshot", t("Screenshot", "截图"), 24, true},
               {"rests_on", t("Entries", "相关记录"), 20},
               {"path", t("In the bundle", "证据包内路径"), 40, true}},
              {},
              1};
  std::vector<Row> rows;
  for (std::int64_t i = 0; i < 3; ++i) {
    rows.push_back({112000 + i, std::string("5d7c6a52a8f0e1b7c3d94f6a8b2e0c1d5d7c6a52a8f0e1b7c3d94f6a8b2e0c1d"),
                    Picture{i == 2 ? "" : png, t("Screenshot of entry ", "截图，记录 ") + std::to_string(112000 + i)},
                    i == 0 ? Entries{{112000}} : Entries{{112000, 112001, 7}}, std::string("entries/112/screen.png")});
  }
  table.rows = rows_of(std::move(rows));
  return table;
}

Timeline timeline(const Picker& t) {
  Timeline line;
  line.title = t("Timeline", "时间线");
  line.intro = t("What was seen of each link in each context, over time.", "各链接在各场景中随时间的表现。");
  line.corner = t("Link and context", "链接与场景");
  line.from = desk_test() - std::chrono::hours(24 * 400);
  line.to = desk_test();
  const auto ago = [](int days) { return desk_test() - std::chrono::hours(24 * days); };
  line.marks = {{ago(132), t("Links open directly in chats (2021-09-17)", "即时通信中链接可直接打开")},
                {ago(59), t("group chats follow (2021-11-29)", "群聊跟进")}};
  for (const std::string& host : {t("WeChat", "微信"), std::string("QQ")}) {
    TimelineGroup group{host, {}};
    for (int i = 0; i < (host == "QQ" ? 2 : 7); ++i) {
      TimelineRow row{t("Taobao item · one-to-one chat ", "淘宝商品 · 一对一聊天 ") + std::to_string(i + 1), "A", {}};
      row.bands.push_back(
          {ago(390 - 10 * i), ago(140), external(t), t("by the host app, 12 times", "宿主应用所致，12 次"), 3 + i});
      row.bands.push_back({ago(131), ago(100), token(t), t("4 times", "4 次"), 20 + i});
      if (i % 2 == 0) row.bands.push_back({ago(80), ago(80), challenge(t), t("once", "1 次"), 40 + i});
      row.bands.push_back({ago(58), ago(0), i % 3 == 0 ? direct(t) : confirm(t), t("12 times", "12 次"), 60 + i});
      if (i == 4) row.bands.clear();
      group.rows.push_back(std::move(row));
    }
    line.groups.push_back(std::move(group));
  }
  line.legend = {direct(t), confirm(t), external(t), token(t), challenge(t)};
  return line;
}

// Fifteen contexts of which three were never looked at.
Matrix broad_matrix(const Picker& t) {
  Matrix m = matrix(t);
  const char* const hosts[] = {"WeChat", "QQ", "Weibo", "DingTalk", "Feishu"};
  const char* const contexts[] = {"one-to-one chat", "group chat", "Moments"};
  const char* const zh_contexts[] = {"一对一聊天", "群聊", "朋友圈"};
  m.groups.clear();
  m.contexts.clear();
  for (int i = 0; i < 15; ++i) {
    m.groups.emplace_back(hosts[i / 3]);
    m.contexts.emplace_back(t(contexts[i % 3], zh_contexts[i % 3]));
  }
  for (auto& row : m.cells) {
    std::vector<MatrixEntry> wide;
    for (std::size_t i = 0; i < 15; ++i) {
      wide.push_back(i % 5 == 4 ? entry(t, none(t)) : row[i % 3]);
      if (!wide.back().outcome.id.empty()) wide.back().entries = {{112, 113}};
    }
    row = std::move(wide);
  }
  return m;
}

}  // namespace

Report full(Language language) {
  const Picker t{language};
  Report r = realistic(language);
  r.logo = data_of("logo.png");
  r.accent = 0x0F6E56;
  r.matrix = broad_matrix(t);
  r.timeline = timeline(t);
  r.tables = {observations(t), clauses(t), findings_to_fill_in(t), gaps(t), evidence(t, data_of("screen.png"))};
  r.order = {"cover", "clauses", "matrix", "findings", "gaps", "timeline", "evidence", "observations"};
  return r;
}

Report golden() {
  Report r = full(Language::en);
  r.order = {"cover", "clauses", "matrix", "findings", "gaps", "timeline", "evidence"};
  Matrix& m = *r.matrix;
  m.platforms.resize(2);
  m.cells.resize(2);
  m.contexts.resize(5);
  m.groups.resize(5);
  for (auto& row : m.cells) row.resize(5);
  r.timeline->groups.resize(1);
  r.timeline->groups[0].rows.resize(2);
  return r;
}

}  // namespace linkaudit::reports::samples
