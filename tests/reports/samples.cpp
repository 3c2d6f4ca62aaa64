#include "tests/reports/samples.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>

#include "reports/text.h"
#include "tests/reports/sample_parts.h"

namespace linkaudit::reports::samples {

Badge direct(const Picker& t) {
  return {"direct", t("direct", "直接打开"), "✓", Tone::good};
}
Badge confirm(const Picker& t) {
  return {"confirm", t("after a tap", "确认后打开"), "◐", Tone::fair};
}
Badge external(const Picker& t) {
  return {"external_browser", t("external browser", "需外部浏览器"), "✗", Tone::bad};
}
Badge token(const Picker& t) {
  return {"text_token", t("text to copy", "口令"), "✗", Tone::bad};
}
Badge challenge(const Picker& t) {
  return {"challenge", t("cannot tell: CAPTCHA", "无法判断：验证码"), "?", Tone::unknown};
}
Badge none(const Picker& t) {
  return {"", t("not looked at", "未观测"), "·", Tone::muted};
}
Badge breached(const Picker& t) {
  return {"breached", t("breached", "违反"), "✗", Tone::bad};
}
Badge met(const Picker& t) {
  return {"met", t("met", "符合"), "✓", Tone::good};
}
Badge undetermined(const Picker& t) {
  return {"undetermined", t("undetermined", "未定"), "?", Tone::unknown};
}

MatrixEntry entry(const Picker& t, const Badge& badge) {
  if (badge.id.empty()) return {badge, "", "", ""};
  const bool bad = badge.tone == Tone::bad;
  return {badge, "A", bad ? t("132 days overdue", "逾期 132 天") : t("since 2021-11-30", "自 2021-11-30 起"),
          t("Seen 2022-01-27 10:00 in WeChat 8.0.19 (Android) by the news desk.\nEntry 112; two of two links measured.",
            "2022-01-27 10:00，新闻编辑部在微信 8.0.19（安卓）中观测。\n记录 112；两个链接均已测量。")};
}

Matrix matrix(const Picker& t) {
  Matrix m;
  m.title = t("Matrix", "矩阵");
  m.intro =
      t("Each platform's links in each chat context, the worst link deciding. Colour, sign and words say the same.",
        "各平台链接在各聊天场景中的表现，以最差的链接为准。颜色、符号与文字含义一致。");
  m.corner = t("Platform", "平台");
  m.groups = {t("WeChat", "微信"), t("WeChat", "微信"), t("WeChat", "微信"), "QQ"};
  m.contexts = {t("one-to-one chat", "一对一聊天"), t("group chat", "群聊"), t("Moments", "朋友圈"),
                t("one-to-one chat", "一对一聊天")};
  m.platforms = {t("Taobao", "淘宝"), t("Xianyu", "闲鱼"),      t("Douyin shop", "抖音小店"),
                 t("JD", "京东"),     t("Pinduoduo", "拼多多"), t("NetEase Music", "网易云音乐")};
  const Badge d = direct(t), c = confirm(t), e = external(t), k = token(t), q = challenge(t), n = none(t);
  const std::array<std::array<Badge, 4>, 6> badges = {
      {{d, d, e, d}, {d, n, e, n}, {d, c, e, k}, {d, d, d, d}, {q, q, n, k}, {d, d, d, n}}};
  for (const auto& line : badges) {
    std::vector<MatrixEntry> row;
    for (const auto& badge : line) row.push_back(entry(t, badge));
    m.cells.push_back(std::move(row));
  }
  m.legend = {
      {d, t("the platform's page is shown with no extra action", "无需额外操作即显示平台页面")},
      {c, t("the host app puts a page in between that can be tapped through", "宿主应用先显示一个可点击通过的提示页")},
      {e, t("a page or prompt asks to open the link in an external browser", "页面或提示要求用外部浏览器打开")},
      {k, t("the link is replaced by, or shared as, text to copy", "链接被替换为需复制的口令文本")},
      {q, t("a bot check stood in the way: nothing is claimed", "遇到人机验证，不作任何结论")},
      {n, t("no observation up to this instant", "截至此时尚无观测")}};
  m.tiers = {
      {"A", t("seen in the app itself, by a person or a driven client", "在应用内由人或受控客户端观测")},
      {"G", t("answered by the host app's public link gateway", "宿主应用公开链接网关的应答")},
      {"T", t("only the target's behaviour towards the app's client identity", "仅目标网站对该应用客户端标识的表现")}};
  return m;
}

Table findings(const Picker& t) {
  Table table{"findings",
              t("Findings", "认定"),
              t("Each obligation applied to platform and context, gravest first.",
                "逐条义务对平台与场景的认定，最严重者在前。"),
              {{"obligation", t("Obligation", "义务"), 26, true},
               {"platform", t("Platform", "平台"), 14, false},
               {"context", t("Context", "场景"), 22, false},
               {"status", t("Status", "状态"), 16, false},
               {"since", t("Since", "始于"), 20, false},
               {"days_overdue", t("Days overdue", "逾期天数"), 11, false},
               {"confirmed", t("Confirmed", "已确认"), 11, false},
               {"share", t("Share measured", "测量比例"), 11, false},
               {"note", t("Note", "说明"), 48, true}},
              {},
              3};
  const auto since = desk_test() - std::chrono::hours(24 * 132);
  std::vector<Row> rows;
  const std::string clause = t("Links open directly in chats (2021-09-17)", "即时通信中链接可直接打开（2021-09-17）");
  for (const auto& platform : {t("Taobao", "淘宝"), t("Xianyu", "闲鱼"), t("Douyin shop", "抖音小店")}) {
    rows.push_back(
        {clause, platform, t("WeChat · Moments", "微信 · 朋友圈"), breached(t), since, std::int64_t{132}, true, 0.5,
         t("The page asks to copy the link into an external browser. Seen again on 2022-01-27 with the same words; "
           "the control leg was served, so the host app stands in the way.",
           "页面要求复制链接到外部浏览器打开。2022-01-27 再次观测到相同文字；对照路径正常，故受阻于宿主应用。")});
  }
  rows.push_back({clause,
                  t("Xianyu", "闲鱼"),
                  t("WeChat · group chat", "微信 · 群聊"),
                  undetermined(t),
                  {},
                  {},
                  false,
                  0.0,
                  t("never looked at", "从未观测")});
  rows.push_back({clause,
                  t("Taobao", "淘宝"),
                  t("WeChat · one-to-one chat", "微信 · 一对一聊天"),
                  met(t),
                  desk_test() - std::chrono::hours(24 * 59),
                  {},
                  true,
                  1.0,
                  std::string()});
  table.rows = rows_of(std::move(rows));
  return table;
}

Table observations(const Picker& t) {
  Table table{"observations",
              t("Observations", "观测"),
              t("All that was seen, newest first.", "全部观测，最新者在前。"),
              {{"entry", t("Entry", "记录"), 9, false},
               {"at", t("At", "时间"), 20, false},
               {"link", t("Link", "链接"), 20, false},
               {"outcome", t("Outcome", "结果"), 22, false},
               {"url", "URL", 60, false}},
              {},
              2};
  table.rows = [t] {
    return [t, n = std::int64_t{0}](Row& row) mutable {
      if (n == 120) return false;
      row = {200 - n, desk_test() - std::chrono::minutes(37 * n),
             std::string(n % 3 == 0 ? "taobao/item" : "xianyu/item"), n % 4 == 0 ? external(t) : direct(t),
             "https://item.taobao.com/item.htm?id=" + std::to_string(600000 + n)};
      ++n;
      return true;
    };
  };
  return table;
}

std::string data_of(const std::string& name) {
  std::ifstream file(std::string(LINKAUDIT_SOURCE_ROOT) + "/tests/reports/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Instant desk_test() {
  return Instant(std::chrono::milliseconds(1643299199000));
}

Report realistic(Language language) {
  const Picker t{language};
  Report r;
  r.language = language;
  r.title = t("Do links open across platforms?", "互联互通链接开放情况");
  r.subtitle = t("Findings on link blocking between platforms, as of the end of the desk test",
                 "平台间链接屏蔽情况认定，截至实测当日");
  r.organisation = t("Compliance office, Example Holdings", "示例控股合规办公室");
  r.as_of = desk_test();
  r.checkpoint = "112 5d7c6a52a8f0e1b7c3d94f6a8b2e0c1d5d7c6a52a8f0e1b7c3d94f6a8b2e0c1d";
  r.headlines = {
      {t("Breached", "违反"), t("3 of 21", "21 项中 3 项"), t("findings of mandatory clauses", "强制条款的认定"),
       Tone::bad},
      {t("Met", "符合"), t("9 of 21", "21 项中 9 项"), t("shown to open directly", "已证实可直接打开"), Tone::good},
      {t("Undetermined", "未定"), t("9 of 21", "21 项中 9 项"),
       t("not measured, stale or disputed: nobody is blamed", "未测量、过期或有争议：不归责任何一方"), Tone::unknown},
      {t("Longest overdue", "最长逾期"), t("132 days", "132 天"), t("Taobao in WeChat Moments", "淘宝链接在微信朋友圈"),
       Tone::fair},
      {t("Observations", "观测"), "112", t("planned 120 = observed 112 + gaps 8", "计划 120 = 已观测 112 + 缺口 8"),
       Tone::notice}};
  r.cover = {
      {t("Scope", "范围"),
       {{t("Host apps", "宿主应用"), t("WeChat, QQ", "微信、QQ")},
        {t("Platforms", "平台"), t("Taobao, Xianyu, Douyin shop, JD, Pinduoduo, NetEase Music",
                                   "淘宝、闲鱼、抖音小店、京东、拼多多、网易云音乐")},
        {t("Period", "期间"), "2021-09-17 – 2022-01-27"}}},
      {t("What must hold", "适用条款"),
       {{t("Links open directly in chats, effective 2021-09-17", "即时通信中链接可直接打开，2021-09-17 起"),
         t("On 2021-09-09 the ministry set the standards that instant messaging software has to meet: a shared link of "
           "a lawful site opens as a page, looks alike whichever platform it is from, and asks for no extra step. "
           "Source: press reports of 2021-09-11 to 2021-09-17.",
           "2021-09-"
           "09，主管部门提出有关即时通信软件的合规标准：合法网址链接分享后可直接以页面形式打开，展现形式一致，且不增加"
           "额外步骤。来源：2021-09-11 至 2021-09-17 的媒体报道。")}}},
      {t("How to read this", "阅读说明"),
       {{"", t("An HTTP client cannot see what an app shows inside one chat. Every observation carries its tier, \"we "
               "could not tell\" is an answer, and a target that is down for everyone is never the host app's fault.",
               "HTTP "
               "客户端看不到应用在某个聊天中显示的内容。因此每条观测都注明证据层级，“无法判断”也是一种答案；目标网站对"
               "所有人都不可用时，从不归责于宿主应用。")}}}};
  r.matrix = matrix(t);
  r.tables = {findings(t), observations(t)};
  return r;
}

Report simulated(Language language) {
  Report r = realistic(language);
  r.simulated = true;
  r.tables.push_back({"odd", "Odd values", "", {{"kind", "Kind", 16, false}, {"value", "Value", 24, false}}, {}, 1});
  r.tables.back().rows = rows_of({{std::string("nothing"), std::monostate{}},
                                  {std::string("largest"), std::numeric_limits<std::int64_t>::max()},
                                  {std::string("NaN"), std::numeric_limits<double>::quiet_NaN()},
                                  {std::string("real"), 0.1},
                                  {std::string("minus"), std::int64_t{-5}},
                                  {std::string("yes"), true},
                                  {std::string("before 1900"), Instant(std::chrono::milliseconds(-3000000000000))},
                                  {std::string("milliseconds"), desk_test() + std::chrono::milliseconds(250)},
                                  {std::string("short row")}});
  r.tables.push_back({"empty", "Empty", "", {{"nothing", "Nothing", 20, false}}, rows_of({}), 1});
  return r;
}

Report long_report(std::int64_t rows) {
  Report r;
  r.title = "Long";
  r.as_of = desk_test();
  r.tables.push_back(
      {"long", "Long", "", {{"n", "n", 10, false}, {"at", "at", 20, false}, {"text", "text", 30, false}}, {}, 1});
  r.tables[0].rows = [rows] {
    return [rows, n = std::int64_t{0}](Row& row) mutable {
      if (n == rows) return false;
      row = {n, desk_test() + std::chrono::seconds(n), "row " + std::to_string(n)};
      ++n;
      return true;
    };
  };
  return r;
}

std::vector<std::string> hostile_texts() {
  using namespace std::string_literals;
  return {"=1+1",
          "+1+1",
          "-1+1",
          "@SUM(1,1)",
          "=HYPERLINK(\"http://evil.example/\",\"click\")",
          "=cmd|'/c calc'!A0",
          "\t=1+1",
          "\r=1+1",
          "  =1+1",
          "'=1+1",
          "''=1+1",
          "＝1+1",
          "=1+1;\"quoted\",'and' more",
          "http://evil.example/",
          "mailto:someone@example.com",
          "internal:Sheet1!A1",
          "external:c:\\temp\\a.xlsx",
          "{=SUM(A1:A2)}",
          "0123",
          "1e5",
          "TRUE",
          "2021-09-17",
          "-5",
          "<script>alert(1)</script>",
          "</td></table><img src=x onerror=alert(1)>",
          "&lt;b&gt; &amp; &#x41;",
          "\" onmouseover=\"alert(1)",
          "javascript:alert(1)",
          "]]><!--",
          "</style></title><svg/onload=alert(1)>",
          "a\"b",
          "a,b",
          "a;b",
          "two\nlines",
          "two\r\nlines",
          "a\\u0041\\n",
          "${jndi:ldap://x}",
          "%s%n%x",
          "{0} {}",
          "\x1b[31mred\x1b[0m",
          "\x1b]0;title\x07",
          "bell\a back\b\b\b",
          "nul\0nul"s,
          "\x7f",
          "\xC2\x9B"
          "31m",
          "\xC2\x85next line",
          "evil\u202Egnp.exe",
          "\u2066iso\u2069",
          "mark\u200Ermark\u200F",
          "\u061Calm",
          "\uFEFF=1+1",
          "\u200B=1+1",
          "zero\u200Bwidth",
          "soft\u00ADhyphen",
          "\xEF\xBF\xBE not a character",
          "\xEF\xBF\xBF",
          "\xED\xA0\x80 surrogate",
          "\xFF\xFE",
          "cut \xE4\xBD",
          "\xC0\xAF",
          "\xF5\x80\x80\x80",
          "\U000E0041\U000E0042 tags",
          "line\u2028separator\u2029paragraph",
          "\uFFF9annotation\uFFFA\uFFFB",
          "_x0041_",
          "_x202E_evil",
          "_x000D_=1+1",
          "_x005F_x0041_",
          "_X0041_",
          "&P &D &[Path]",
          "👩‍👩‍👧 family ✓ ①",
          "العربية",
          "淘宝网 — 闲鱼",
          "Z" + std::string(40, '\xCC') /* broken marks */,
          "",
          " ",
          "NULL",
          "null",
          "undefined",
          "../../etc/passwd",
          "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 marks"};
}

namespace {

// How often each of the texts stands in the table of them.
Table counts_of(const std::vector<std::string>& texts) {
  Table table{"counts", "Counts", "", {{"number", "Number", 10}, {"count", "Count", 10}, {"both", "Both", 10}}, {}, 1};
  std::vector<Row> rows;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::int64_t count =
        std::ranges::count(texts, plain_text(texts[i]), [](const std::string& text) { return plain_text(text); });
    const Badge badge{"", texts[i], "=", Tone::bad};
    rows.push_back({static_cast<std::int64_t>(i), Counted{count, "texts", {{"text", texts[i]}}},
                    Counted{count, "texts", {{"text", texts[i]}, {"badge", badge}}}});
  }
  table.rows = rows_of(std::move(rows));
  return table;
}

// Columns to be filled in, a chart and a picture, all of one text.
Table inputs_of(const std::string& all) {
  Table table{"inputs",
              all,
              all,
              {{"=1+1", all, 20, false, Input::choice, {all, "=1+1", "a,b", "\"x\""}, all},
               {"=2", "=1+1", 20, false, Input::text, {}, "=1+1"},
               {"R1C1", all, 20, false, Input::date, {}, all},
               {"n", "=n", 10},
               {"picture", all, 20}},
              {},
              1};
  table.rows = rows_of({{all, std::string("=1+1"), all, std::int64_t{1}, Picture{data_of("screen.png"), all}}});
  table.chart = BarChart{"=1+1 " + all, "=1+1", {{"n", Tone::good}}, 1};
  return table;
}

}  // namespace

Report hostile() {
  const auto texts = hostile_texts();
  const std::string all = "=1+1 <script>alert(1)</script> &P \x1b[31m \u202Etxt _x0041_ \xFF";
  Report r;
  r.title = r.subtitle = r.organisation = r.checkpoint = all;
  r.as_of = desk_test();
  const Badge badge{all, all, "=", Tone::bad};
  r.headlines = {{all, all, all, Tone::bad}};
  r.cover = {{all, {{all, all}, {"", all}}}};
  r.matrix = Matrix{all, all, all, {all}, {all}, {all}, {{{badge, "=", all, all}}}, {{badge, all}}, {{"=", all}}};
  Table table{"texts", "[a]:*?/\\'b",
              all,     {{"number", all, 10, false}, {"text", "=heading", 40, true}, {"badge", "@badge", 40, false}},
              {},      1};
  std::vector<Row> rows;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    rows.push_back({static_cast<std::int64_t>(i), texts[i], Badge{texts[i], texts[i], "=", Tone::notice}});
  }
  rows.push_back(
      {static_cast<std::int64_t>(texts.size()), std::string(40000, 'x'), Badge{"long", "long", "", Tone::muted}});
  table.rows = rows_of(std::move(rows));
  r.tables = {table, table, counts_of(texts), inputs_of(all)};
  r.tables[1].id = "Texts";
  r.timeline =
      Timeline{all, all, all, desk_test() - std::chrono::hours(900), desk_test(), {{desk_test(), all}}, {}, {badge}};
  const Band band{desk_test() - std::chrono::hours(800), desk_test(), badge, all, 1};
  r.timeline->groups = {{"=1+1 " + all, {{"=1+1", "=", {band}}}}};
  r.logo = all;
  r.order = {"cover", "matrix", "texts", "Texts", "counts", "inputs", "timeline", "no such"};
  return r;
}

}  // namespace linkaudit::reports::samples
