// Which encoding a page is in, and its bytes as UTF-8, by the WHATWG Encoding and HTML Standards.
#include "probes/page/charset.h"

#include <gtest/gtest.h>

#include "probes/page/decode.h"
#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

using namespace std::string_literals;

TEST(EncodingOfLabel, FollowsTheStandardsTable) {
  const std::pair<const char*, const char*> table[] = {
      {"utf-8", "utf-8"},
      {"UTF8", "utf-8"},
      {"gb2312", "gbk"},
      {"GB_2312-80", "gbk"},
      {"chinese", "gbk"},
      {"x-gbk", "gbk"},
      {"gb18030", "gb18030"},
      {"big5", "big5"},
      {"Big5-HKSCS", "big5"},
      {"cn-big5", "big5"},
      {"iso-8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"iso-8859-9", "windows-1254"},
      {"shift_jis", "shift_jis"},
      {"windows-31j", "shift_jis"},
      {"ks_c_5601-1987", "euc-kr"},
      {"utf-16", "utf-16le"},
      {"unicode", "utf-16le"},
      {"hz-gb-2312", "replacement"},
      {"iso-2022-cn", "replacement"},
      {" \tgbk\r\n", "gbk"},
      // No labels: what other libraries take for one.
      {"cp936", ""},
      {"ms936", ""},
      {"utf-7", ""},
      {"utf-32", ""},
      {"gb", ""},
      {"", ""},
      {"g b k", ""},
  };
  for (const auto& [label, encoding] : table) EXPECT_EQ(encoding_of_label(label), encoding) << label;
}

TEST(CharsetParameter, IsExtractedAsHtmlDoes) {
  const std::pair<const char*, const char*> table[] = {
      {"text/html; charset=gbk", "gbk"},
      {"text/html;CHARSET = \"GB2312\"", "GB2312"},
      {"text/html; charset='utf-8'; x=y", "utf-8"},
      {"charset=utf-8;foo", "utf-8"},
      {"text/html; charset", ""},
      {"text/html; charset=\"gbk", ""},  // never closed
      {"text/html; charset charset=big5", "big5"},
      {"text/html", ""},
      {"", ""},
  };
  for (const auto& [value, charset] : table) EXPECT_EQ(charset_parameter(value), charset) << value;
}

TEST(PrescanMeta, FindsWhatBrowsersFind) {
  const std::pair<std::string, const char*> table[] = {
      {"<meta charset=gbk>", "gbk"},
      {"<META/CHARSET='gb2312'>", "gbk"},
      {"<meta http-equiv=Content-Type content='text/html; charset=big5'>", "big5"},
      {"<meta content='text/html; charset=big5' http-equiv=\"content-type\">", "big5"},
      {"<meta content='text/html; charset=big5'>", ""},  // without the pragma it is a description
      {"<meta name=x content='charset=gbk'><meta charset=utf-8>", "utf-8"},
      {"<meta charset=nonsense><meta charset=gbk>", "gbk"},
      {"<meta charset=utf-16>", "utf-8"},  // it was read as ASCII, so it cannot be
      {"<meta charset=x-user-defined>", "windows-1252"},
      {"<!-- <meta charset=gbk> --><meta charset=big5>", "big5"},
      {"<!-- <meta charset=gbk>", ""},
      {"<script>'<meta charset=gbk>'</script>", "gbk"},  // the prescan knows no scripts
      {"<a title='<meta charset=gbk>'><meta charset=big5>", "big5"},
      {"<metadata charset=gbk>", ""},
      {"<?php ?><!doctype html><meta charset=gbk>", "gbk"},
      {std::string(1000, ' ') + "<meta charset=gbk>", "gbk"},
      {std::string(1024, ' ') + "<meta charset=gbk>", ""},
      {"<meta charset=gb", ""},
      {"<meta charset=gbk charset=big5>", "gbk"},  // of two attributes of one name the first counts
      {"<meta http-equiv=x http-equiv=content-type content='charset=gbk'>", ""},
      {"<meta http-equiv=content-type content=x content='charset=gbk'>", ""},
      {"<meta charset=nonsense charset=gbk>", ""},
      {"<?xml version=\"1.0\" encoding=\"GBK\"?><html>", "gbk"},
      {"<?xml version='1.0' encoding = 'big5'?><html>", "big5"},
      {"<?xml version='1.0' encoding='utf-16'?><html>", "utf-8"},
      {"<?xml version='1.0' encoding='gbk'?><meta charset=big5>", "big5"},
      {"<?xml version='1.0'?><p encoding='gbk'>", ""},
      {" <?xml version='1.0' encoding='gbk'?>", ""},
  };
  for (const auto& [page, charset] : table) EXPECT_EQ(prescan_meta(page), charset) << page.substr(0, 80);
}

struct Chosen {
  const char* why;
  std::string body, content_type, name;
};

TEST(ChooseCharset, MarkOverHeaderOverMetaOverBytes) {
  const std::string meta_gbk = "<meta charset=gbk>";
  const Chosen table[] = {
      {"a mark beats all", "\xEF\xBB\xBF" + meta_gbk, "text/html; charset=big5", "utf-8"},
      {"a mark of UTF-16", "\xFF\xFE<\0"s, "text/html; charset=gbk", "utf-16le"},
      {"a mark of UTF-16, big end first", "\xFE\xFF\0<"s, "", "utf-16be"},
      {"the header beats meta", meta_gbk, "text/html; charset=utf-8", "utf-8"},
      {"meta where the header is silent", meta_gbk, "text/html", "gbk"},
      {"meta where the header talks nonsense", meta_gbk, "text/html; charset=none", "gbk"},
      {"meta where the header is empty", meta_gbk, "text/html; charset=", "gbk"},
      {"valid UTF-8", "\xE4\xB8\xAD", "", "utf-8"},
      {"UTF-8 cut off at our bound", "\xE4\xB8\xAD\xE6\x96", "", "utf-8"},
      {"not UTF-8", "\xD6\xD0\xCE\xC4", "", "windows-1252"},
      {"nothing at all", "", "", "utf-8"},
  };
  for (const Chosen& row : table) EXPECT_EQ(choose_charset(row.body, row.content_type).name, row.name) << row.why;
}

struct Decoded {
  const char* why;
  const char* encoding;
  std::string bytes, text;
};

// Of encodings whose first half is ASCII: markup, too, and control characters, whatever IBM's tables say.
TEST(Decode, AsciiStaysWhatItIs) {
  std::string ascii;
  for (char c = 0; c < 0x7F; ++c) ascii += c;
  ascii += '\x7F';
  for (const char* encoding : {"utf-8", "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis", "ibm866", "koi8-r",
                               "windows-1252", "iso-8859-16", "macintosh", "x-user-defined"}) {
    EXPECT_EQ(decode_to_utf8(ascii, encoding), ascii) << encoding;
  }
}

TEST(Decode, FollowsTheEncodingStandard) {
  const Decoded table[] = {
      {"two bytes", "gbk", "\xD6\xD0\xCE\xC4", "中文"},
      {"beyond GB 2312", "gbk", "\xE9\x46\x81\x40", "镕丂"},
      {"the euro sign's single byte", "gbk", "\x80", "€"},
      {"four bytes", "gb18030", "\x81\x39\xEE\x39", "㐀"},
      {"four bytes under the label gbk", "gbk", "\x95\x32\x82\x36", "𠀀"},
      {"an emoji", "gb18030", "\x94\x39\xDA\x33", "💩"},
      {"edition of 2022", "gb18030", "\xA6\xD9\xFE\x59", "\xEF\xB8\x90\xE9\xBE\xB4"},  // U+FE10, U+9FB4
      {"a lead byte keeps no markup", "gbk", "\x81<b>", "\xEF\xBF\xBD<b>"},
      {"0xFF is nothing", "gbk", "a\xFF"s + "b", "a\xEF\xBF\xBD"s + "b"},
      {"cut off in a character", "gbk", "\xD6\xD0\xCE", "中\xEF\xBF\xBD"},
      {"Big5", "big5", "\xA4\xA4\xA4\xE5", "中文"},
      {"Hong Kong's letters", "big5", "\xFA\x60\x87\x40", "\xF0\xA0\x8D\xBE䏰"},
      {"one code of Big5 is two letters", "big5", "\x88\x62", "\xC3\x8A\xCC\x84"},  // Ê with a macron
      {"windows-1252 for latin1", "windows-1252",
       "\x93"
       "a\x94\x80",
       "“a”€"},
      {"a control of windows-1252", "windows-1252", "\x81", "\xC2\x81"},
      {"UTF-16", "utf-16le", "-N\x87\x65=\xD8\xA9\xDC", "中文💩"},
      {"UTF-16, half a pair", "utf-16le",
       "=\xD8"
       "a\0"s,
       "\xEF\xBF\xBD"s + "a"},
      {"UTF-16, an odd byte", "utf-16be", "N-e"s, "中\xEF\xBF\xBD"},
      {"UTF-8 as it is", "utf-8", "中文💩", "中文💩"},
      {"UTF-8, overlong", "utf-8", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"UTF-8, a surrogate", "utf-8", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"UTF-8, cut off", "utf-8", "a\xE4\xB8", "a\xEF\xBF\xBD"},
      {"UTF-8, beyond Unicode", "utf-8", "\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"Japanese", "shift_jis", "\x93\xFA\x96\x7B", "日本"},
      {"Japanese", "euc-jp", "\xC6\xFC\xCB\xDC", "日本"},
      {"Korean", "euc-kr", "\xC7\xD1", "한"},
      {"Cyrillic", "koi8-r", "\xD2", "р"},
      {"a hidden encoding", "replacement", "~{VPND~}", "\xEF\xBF\xBD"},
      {"private bytes", "x-user-defined", "a\x80", "a\xEF\x9E\x80"},
  };
  for (const Decoded& row : table) {
    EXPECT_EQ(decode_to_utf8(row.bytes, row.encoding), row.text) << row.encoding << ": " << row.why;
  }
}

TEST(Decode, ChunksCutNoCharacter) {
  std::string gbk, gb18030, expected, emoji;
  for (int at = 0; at < 9001; ++at) {
    gbk += at % 3 == 0 ? "a" : "\xD6\xD0";
    expected += at % 3 == 0 ? "a" : "中";
    gb18030 += at % 3 == 0 ? "a" : "\x94\x39\xDA\x33";
    emoji += at % 3 == 0 ? "a" : "💩";
  }
  EXPECT_EQ(decode_to_utf8(gbk, "gbk"), expected);
  EXPECT_EQ(decode_to_utf8(gb18030, "gb18030"), emoji);
}

TEST(Decode, EveryEncodingHasAConverter) {
  for (const char* label :
       {"utf-8",        "ibm866",       "iso-8859-2",   "iso-8859-3",    "iso-8859-4",     "iso-8859-5",
        "iso-8859-6",   "iso-8859-7",   "iso-8859-8",   "iso-8859-8-i",  "iso-8859-10",    "iso-8859-13",
        "iso-8859-14",  "iso-8859-15",  "iso-8859-16",  "koi8-r",        "koi8-u",         "macintosh",
        "windows-874",  "windows-1250", "windows-1251", "windows-1252",  "windows-1253",   "windows-1254",
        "windows-1255", "windows-1256", "windows-1257", "windows-1258",  "x-mac-cyrillic", "gbk",
        "gb18030",      "big5",         "euc-jp",       "iso-2022-jp",   "shift_jis",      "euc-kr",
        "replacement",  "utf-16be",     "utf-16le",     "x-user-defined"}) {
    const std::string_view encoding = encoding_of_label(label);
    ASSERT_EQ(encoding, label);
    const std::string text = decode_to_utf8("a\0b\0"s, encoding);
    EXPECT_FALSE(text.empty()) << label;
  }
}

TEST(ReadPage, ReadsTheBytesInTheEncodingThatCounts) {
  const std::string page = "<meta charset=utf-8><title>\xD6\xD0\xCE\xC4</title><p>\xB9\xBA\xC2\xF2";
  const PageFacts facts = read_page(page, "text/html; charset=GB2312");
  EXPECT_EQ(facts.charset, "gbk");
  EXPECT_EQ(facts.title, "中文");
  EXPECT_EQ(facts.text, "购买");
}

TEST(ReadPage, WrongDeclarationGivesReplacementCharactersNotAnError) {
  const PageFacts facts = read_page("<title>\xD6\xD0</title><p>buy", "text/html; charset=utf-8");
  EXPECT_EQ(facts.title, "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(facts.text, "buy");
}

TEST(ReadPage, LateMetaElementCountsWhereNothingElseSays) {
  const std::string late(1100, 'x');
  const std::string gbk = "<title>\xD6\xD0\xCE\xC4</title>";
  const std::string utf8 = "<title>中文</title>";
  struct Row {
    const char* why;
    std::string page, content_type, charset, title;
  } const table[] = {
      {"against windows-1252", late + "<meta charset=gbk>" + gbk, "text/html", "gbk", "中文"},
      {"behind the title", late + gbk + "<META CONTENT='text/html;charset=gb2312' HTTP-EQUIV='Content-Type'>",
       "text/html", "gbk", "中文"},
      {"against bytes that could be UTF-8", late + "<meta charset=windows-1252><title>\xC3\xA9</title>", "text/html",
       "windows-1252", "Ã©"},
      {"which says what was guessed", late + "<meta charset=utf-8>" + utf8 + "<meta charset=gbk>", "text/html", "utf-8",
       "中文"},
      {"the first of several", late + "<meta charset=gbk><meta charset=big5>" + gbk, "text/html", "gbk", "中文"},
      {"unknown ones do not count", late + "<meta charset=x><meta charset=gbk>" + gbk, "text/html", "gbk", "中文"},
      {"a description is none", late + "<meta content='charset=gbk'>" + utf8, "text/html", "utf-8", "中文"},
      {"UTF-16 cannot be", late + "<meta charset=utf-16><title>\xD6</title>", "text/html", "utf-8", "\uFFFD"},
      {"a header beats it", late + "<meta charset=gbk>" + utf8, "text/html; charset=utf-8", "utf-8", "中文"},
      {"a mark beats it", "\xEF\xBB\xBF" + late + "<meta charset=gbk>" + utf8, "text/html", "utf-8", "中文"},
      {"an early one beats it", "<meta charset=utf-8>" + late + "<meta charset=gbk>" + utf8, "text/html", "utf-8",
       "中文"},
      {"in a script it is none", late + "<script>'<meta charset=gbk>'</script>" + utf8, "text/html", "utf-8", "中文"},
      {"in a comment it is none", late + "<!--<meta charset=gbk>-->" + utf8, "text/html", "utf-8", "中文"},
  };
  for (const Row& row : table) {
    const PageFacts facts = read_page(row.page, row.content_type);
    EXPECT_EQ(facts.charset, row.charset) << row.why;
    EXPECT_EQ(facts.title, row.title) << row.why;
  }
}

TEST(ReadPage, ReadAnewItIsAsIfItHadBeenReadOnce) {
  const std::string page = std::string(1100, 'x') +
                           "<base href=/a/><script>var cgiData={a:'b'};location='taobao://c'</script><meta charset=gbk>"
                           "<title>\xD6\xD0</title><meta http-equiv=refresh content='0;url=d'>";
  EXPECT_EQ(read_page(page, "text/html", "9;url=e"), read_page(page, "text/html; charset=gbk", "9;url=e"));
}

TEST(ReadPage, Utf16WithoutAMarkIsKnownByItsXmlDeclaration) {
  const std::string little = "<\0?\0x\0m\0l\0?\0>\0<\0t\0i\0t\0l\0e\0>\0\xC6\x55"s;
  const PageFacts facts = read_page(little, "text/html");
  EXPECT_EQ(facts.charset, "utf-16le");
  EXPECT_EQ(facts.title, "\u55C6");
  const std::string big = "\0<\0?\0x\0m\0l\0?\0>\0<\0t\0i\0t\0l\0e\0>\x55\xC6"s;
  EXPECT_EQ(read_page(big, "text/html").charset, "utf-16be");
  EXPECT_EQ(read_page(big, "text/html").title, "\u55C6");
  EXPECT_EQ(read_page(big, "text/html; charset=gbk").charset, "gbk");
}

TEST(ReadPage, Utf16PageIsRead) {
  std::string page = "\xFF\xFE";
  for (const char c : "<title>Hi</title>"s) page += {c, '\0'};
  const PageFacts facts = read_page(page, "text/html; charset=utf-8");
  EXPECT_EQ(facts.charset, "utf-16le");
  EXPECT_EQ(facts.title, "Hi");
}

}  // namespace
}  // namespace linkaudit::probes
