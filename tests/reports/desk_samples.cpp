#include "tests/reports/desk_samples.h"

#include <zlib.h>

#include <array>

#include "tests/reports/samples.h"

namespace linkaudit::reports::samples {
namespace {

struct Words {
  Language language;
  std::string operator()(const char* en, const char* zh) const { return language == Language::zh ? zh : en; }
};

std::string big_endian(std::uint32_t number) {
  std::string out;
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(number >> shift & 0xFF);
  return out;
}

std::string chunk(const std::string& type, const std::string& data) {
  const std::string body = type + data;
  const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(static_cast<std::uint32_t>(sum));
}

Instant day(int number) {  // of the desk test: 0; before it: negative
  return desk_test() + std::chrono::hours(24 * number);
}

struct Outcomes {
  Badge direct, confirm, external, token, challenge, none, breached, met, undetermined;
};

Outcomes outcomes(const Words& t) {
  return {{"direct", t("direct", "直接打开"), "✓", Tone::good},
          {"confirm", t("after a tap", "确认后打开"), "◐", Tone::fair},
          {"external_browser", t("external browser", "需外部浏览器"), "✗", Tone::bad},
          {"text_token", t("text to copy", "口令"), "✗", Tone::bad},
          {"challenge", t("cannot tell: CAPTCHA", "无法判断：验证码"), "?", Tone::unknown},
          {"", t("not looked at", "未观测"), "·", Tone::muted},
          {"breached", t("breached", "违反"), "✗", Tone::bad},
          {"met", t("met", "符合"), "✓", Tone::good},
          {"undetermined", t("undetermined", "未定"), "?", Tone::unknown}};
}

std::vector<std::string> platforms(const Words& t) {
  return {t("Taobao", "淘宝"),       t("Xianyu", "闲鱼"),      t("Douyin shop", "抖音小店"),
          t("JD", "京东"),           t("Pinduoduo", "拼多多"), t("NetEase Music", "网易云音乐"),
          t("Bilibili", "哔哩哔哩"), t("Weibo", "微博"),       t("Kuaishou", "快手")};
}

std::vector<std::string> contexts(const Words& t) {
  return {t("one-to-one chat", "一对一聊天"), t("group chat", "群聊"), t("Moments", "朋友圈"),
          t("one-to-one chat", "一对一聊天")};
}

Table clauses(const Words& t) {
  Table table{"clauses",
              t("Clauses", "条款"),
              t("Per clause, how many platforms in how many contexts.", "逐条统计平台与场景数。"),
              {{"clause", t("Clause", "条款"), 40, true},
               {"met", t("Met", "符合"), 10},
               {"breached", t("Breached", "违反"), 10},
               {"undetermined", t("Undetermined", "未定"), 14},
               {"exempt", t("Exempt", "豁免"), 10},
               {"all", t("All", "合计"), 10}},
              {}};
  const auto row = [&](const std::string& name, std::array<std::int64_t, 4> n) {
    const std::vector<Condition> where = {{"clause", name}};
    return Row{name,
               Counted{n[0], "findings", where},
               Counted{n[1], "findings", where},
               Counted{n[2], "findings", where},
               Counted{n[3], "findings", where},
               Summed{n[0] + n[1] + n[2] + n[3], {"met", "breached", "undetermined", "exempt"}}};
  };
  table.rows = rows_of(
      {row(t("Links open directly in chats", "即时通信中链接可直接打开"), {1209, 312, 44, 3}),
       row(t("Links look alike, whichever platform they are from", "不同平台链接展现形式一致"), {640, 71, 820, 0}),
       row(t("No extra step is asked for", "不增加额外步骤"), {402, 9, 12, 0})});
  table.chart = BarChart{
      t("Findings by clause", "各条款认定数"),
      "clause",
      {{"met", Tone::good}, {"breached", Tone::bad}, {"undetermined", Tone::unknown}, {"exempt", Tone::notice}},
      3};
  return table;
}

Table breaches(const Words& t, const Outcomes& o) {
  Table table{"breaches",
              t("Breaches", "违反"),
              t("Gravest first. The last four columns are the officer's.", "最严重者在前。末四列由合规人员填写。"),
              {{"finding", t("Finding", "编号"), 12},
               {"clause", t("Clause", "条款"), 30, true},
               {"platform", t("Platform", "平台"), 14},
               {"context", t("Context", "场景"), 20},
               {"status", t("Status", "状态"), 14},
               {"outcome", t("Outcome", "结果"), 18},
               {"days_overdue", t("Days overdue", "逾期天数"), 12, false, Input::none, {}, {}, true},
               {"since", t("Since", "始于"), 20},
               {"confirmed", t("Confirmed", "已确认"), 10},
               {"entries", t("Entries", "记录"), 14},
               {"owner", t("Owner", "责任人"), 16, false, Input::text},
               {"action", t("Action", "措施"), 16, false, Input::choice, {"write", "wait"}},
               {"due", t("Due", "期限"), 12, false, Input::date},
               {"remark", t("Remark", "备注"), 30, true, Input::text}},
              {},
              2};
  table.printed_columns = 10;
  std::vector<Row> rows;
  const auto names = platforms(t);
  for (std::int64_t n = 0; n < 33; ++n) {
    const bool token = n % 4 == 3;
    rows.push_back(
        {"F-" + std::to_string(100 + n), t("Links open directly in chats", "即时通信中链接可直接打开"),
         names[static_cast<std::size_t>(n) % names.size()],
         n % 2 == 0 ? t("WeChat · Moments", "微信 · 朋友圈") : t("WeChat · group chat", "微信 · 群聊"), o.breached,
         token ? o.token : o.external, 132 - 3 * n, day(static_cast<int>(-132 + 3 * n)), n % 3 != 0,
         Entries{{12 + n, 40 + n, 9000 + n}}, n == 0 ? Value{"张敏"} : Value{}, Value{}, Value{},
         n == 0 ? Value{t("Asked WeChat on 2022-01-20 | no answer yet", "2022-01-20 已致函微信，尚未答复")} : Value{}});
  }
  table.rows = rows_of(std::move(rows));
  return table;
}

Table changes(const Words& t, const Outcomes& o) {
  Table table{"changes",
              t("Changes", "变化"),
              t("Since the last report.", "自上次报告以来。"),
              {{"kind", t("Kind", "类别"), 14},
               {"platform", t("Platform", "平台"), 14},
               {"from", t("From", "原为"), 16},
               {"to", t("To", "现为"), 16},
               {"entries", t("Entries", "记录"), 12}},
              {}};
  table.rows =
      rows_of({{Term{"new", t("new", "新增")}, t("JD", "京东"), o.met, o.breached, Entries{{40}}},
               {Term{"cured", t("cured", "已纠正")}, t("Xianyu", "闲鱼"), o.breached, o.met, Entries{{41, 42}}}});
  return table;
}

Table gaps(const Words& t) {
  Table table{"gaps",
              t("Gaps", "缺口"),
              t("Planned observations that did not happen, by day and reason.", "计划未成的观测，按日与原因。"),
              {},
              {}};
  table.columns.push_back({"reason", t("Reason", "原因"), 24});
  for (int d = 1; d <= 10; ++d) {
    table.columns.push_back({"d" + std::to_string(d), "2022-01-" + std::to_string(17 + d), 11});
    table.columns.back().heat = true;
  }
  std::vector<Row> rows;
  for (std::int64_t r = 0; r < 3; ++r) {
    Row row{r == 0 ? t("own line down", "自身线路中断") : r == 1 ? t("missed", "错过") : t("no address", "无网址")};
    for (std::int64_t d = 0; d < 10; ++d)
      row.emplace_back(r == 0 && d == 6 ? std::int64_t{1812} : (d * 53 + r * 391) % 1200);
    rows.push_back(std::move(row));
  }
  table.rows = rows_of(std::move(rows));
  return table;
}

Table evidence(const Words& t) {
  Table table{"evidence",
              t("Evidence", "证据"),
              t("What the findings rest on.", "认定所依据的记录。"),
              {{"entry", t("Entry", "记录"), 10},
               {"at", t("At", "时间"), 20},
               {"leaf", t("Leaf hash", "叶哈希"), 30, true},
               {"screenshot", t("Screenshot", "截图"), 20},
               {"withdrawn_by", t("Withdrawn by", "撤回记录"), 12}},
              {},
              1};
  table.entry_by = "entry";
  table.struck_by = "withdrawn_by";
  std::vector<Row> rows;
  for (std::int64_t n = 0; n < 60; ++n) {
    rows.push_back({12 + n, day(-60 + static_cast<int>(n)),
                    "5d7c6a52a8f0e1b7c3d94f6a8b2e0c1d5d7c6a52a8f0e1b7c3d94f6a8b2e" + std::to_string(1000 + n),
                    Picture{n < 3 ? stripes(120, 80) : "", n < 3 ? t("the stop page", "拦截页面") : ""},
                    n == 5 ? Value{Entries{{12}}} : Value{}});
  }
  table.rows = rows_of(std::move(rows));
  return table;
}

Matrix matrix(const Words& t, const Outcomes& o) {
  Matrix m;
  m.title = t("Matrix", "矩阵");
  m.intro = t("Each platform's links in each chat context, the worst link deciding.",
              "各平台链接在各聊天场景中的表现，以最差的链接为准。");
  m.corner = t("Platform", "平台");
  m.groups = {t("WeChat", "微信"), t("WeChat", "微信"), t("WeChat", "微信"), "QQ"};
  m.contexts = contexts(t);
  m.platforms = platforms(t);
  const std::array<Badge, 6> all = {o.direct, o.external, o.confirm, o.token, o.challenge, o.none};
  for (std::size_t i = 0; i < m.platforms.size(); ++i) {
    std::vector<MatrixEntry> line;
    for (std::size_t j = 0; j < m.contexts.size(); ++j) {
      const Badge& badge = all[(i * j + i + j * j) % all.size()];
      if (badge.id.empty()) {
        line.push_back({badge, "", "", ""});
        continue;
      }
      const auto first = static_cast<std::int64_t>(12 + i * 4 + j);
      line.push_back({badge, j == 3 ? "T" : "A", t("since 2021-11-30", "自 2021-11-30 起"),
                      t("Seen 2022-01-27 10:00 by the news desk.\nTwo of two links measured.",
                        "2022-01-27 10:00，新闻编辑部观测。\n两个链接均已测量。"),
                      j == 0 ? Entries{{first, first + 1, first + 2, first + 3, 9001}} : Entries{{first}}});
    }
    m.cells.push_back(std::move(line));
  }
  m.legend = {{o.direct, t("the platform's page is shown with no extra action", "无需额外操作即显示平台页面")},
              {o.confirm, t("a page in between that can be tapped through", "先显示一个可点击通过的提示页")},
              {o.external, t("a page asks to open the link in an external browser", "页面要求用外部浏览器打开")},
              {o.token, t("replaced by text to copy", "被替换为需复制的口令文本")},
              {o.challenge, t("a bot check stood in the way: nothing is claimed", "遇到人机验证，不作任何结论")},
              {o.none, t("no observation up to this instant", "截至此时尚无观测")}};
  m.tiers = {{"A", t("seen in the app itself", "在应用内观测")},
             {"T", t("only the target's behaviour", "仅目标网站的表现")}};
  return m;
}

Timeline timeline(const Words& t, const Outcomes& o) {
  Timeline line;
  line.title = t("Timeline", "时间线");
  line.intro = t("What was seen of each link in each context, and when.", "各链接在各场景中的历次表现。");
  line.corner = t("Link, context", "链接、场景");
  line.from = day(-140);
  line.to = desk_test();
  line.marks = {{day(-132), t("Links open in chats: in force", "即时通信链接条款生效")},
                {day(-130), t("A second clause, two days later", "两日后另一条款生效")},
                {day(-59), t("WeChat's second step", "微信第二阶段")}};
  line.legend = {o.direct, o.confirm, o.external, o.token, o.challenge};
  const auto names = platforms(t);
  std::int64_t entry = 12;
  for (const auto& app : {t("WeChat", "微信"), std::string("QQ")}) {
    TimelineGroup group{app, {}};
    for (std::size_t i = 0; i < (app == "QQ" ? 3 : 30); ++i) {
      TimelineRow row{
          names[i % names.size()] + (i % 2 == 0 ? t(" item, one-to-one chat", "商品，一对一聊天")
                                                : t(" shop front page with a long name, Moments", "店铺首页，朋友圈")),
          i % 3 == 0 ? "T" : "A",
          {}};
      row.bands = {{day(-131), day(-80), i % 2 == 0 ? o.token : o.external,
                    t("by the host app, 12 times", "受阻于宿主应用，12 次"), entry++},
                   {day(-79), day(-79), o.challenge, "", 90000},
                   {day(-60), day(-59) + std::chrono::hours(9), o.confirm, "", entry % 60 + 12},
                   {day(-58), i % 5 == 4 ? day(-20) : day(0), o.direct, t("7 times", "7 次"), entry % 60 + 12}};
      group.rows.push_back(std::move(row));
    }
    line.groups.push_back(std::move(group));
  }
  return line;
}

std::vector<Table> data(const Words& t, const Outcomes& o) {
  Table cover{
      "cover", t("Cover", "封面"), "", {{"label", t("Label", "项目"), 20}, {"text", t("Text", "内容"), 40}}, {}};
  cover.rows = rows_of({{"title", t("Do links open across platforms?", "互联互通链接开放情况")}});
  Table matrix{"matrix",
               t("Matrix", "矩阵"),
               "",
               {{"platform", t("Platform", "平台"), 14},
                {"context", t("Context", "场景"), 14},
                {"outcome", t("Outcome", "结果"), 14},
                {"entries", t("Entries", "记录"), 14}},
               {}};
  matrix.rows = rows_of(
      {{"taobao", "wechat/moments", o.external, Entries{{12, 13}}}, {"jd", "qq/one_to_one", Value{}, Entries{}}});
  Table spans{"timeline",
              t("Timeline", "时间线"),
              "",
              {{"link", t("Link", "链接"), 20},
               {"outcome", t("Outcome", "结果"), 16},
               {"first", t("First", "首次"), 20},
               {"last", t("Last", "末次"), 20},
               {"entry", t("Entry", "记录"), 10}},
              {}};
  spans.rows = rows_of({{"taobao/item", o.token, day(-131), day(-80), Entries{{12}}},
                        {"taobao/item", o.direct, day(-58), day(0), Entries{{14}}}});
  return {cover, matrix, spans};
}

}  // namespace

std::string stripes(std::uint32_t width, std::uint32_t height) {
  std::string pixels;
  for (std::uint32_t y = 0; y < height; ++y) {
    pixels += '\0';
    for (std::uint32_t x = 0; x < width; ++x) pixels += static_cast<char>((x / 8 + y / 8) % 2 == 0 ? 0xE0 : 0x90);
  }
  std::string packed(::compressBound(pixels.size()), '\0');
  uLongf size = packed.size();
  ::compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(pixels.data()),
             pixels.size());
  packed.resize(size);
  using namespace std::string_literals;
  return "\x89PNG\r\n\x1a\n"s + chunk("IHDR", big_endian(width) + big_endian(height) + "\x08\0\0\0\0"s) +
         chunk("IDAT", packed) + chunk("IEND", "");
}

Report desk(Language language) {
  const Words t{language};
  const Outcomes o = outcomes(t);
  Report r = realistic(language);
  r.cover.push_back(
      {t("Accounting", "核算"),
       {{t("Planned", "计划"), t("12,000 = observed 11,400 + gaps 600", "12,000 = 已观测 11,400 + 缺口 600")}},
       true});
  r.matrix = matrix(t, o);
  r.timeline = timeline(t, o);
  Table observations = r.tables[1];
  observations.entry_by = "entry";
  r.tables = {clauses(t), breaches(t, o), changes(t, o), gaps(t), evidence(t), observations};
  r.data = data(t, o);
  r.logo = stripes(160, 40);
  r.accent = 0x0B6E4F;
  return r;
}

}  // namespace linkaudit::reports::samples
