// Data that a page carries in its scripts.
#include <gtest/gtest.h>

#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

using Fields = std::map<std::string, std::string>;

Fields json_of(const std::string& script) {
  Fields fields;
  read_page("<script>" + script + "</script>", "text/html; charset=utf-8")
      .json.for_each([&](std::string_view name, std::string_view value) {
        fields.insert_or_assign(std::string(name), std::string(value));
      });
  return fields;
}

TEST(InlineJson, IsFlattenedUnderItsVariable) {
  const std::pair<const char*, Fields> table[] = {
      {R"(var cgiData = {"type":"block","ret":0,"ok":true,"no":null};)",
       {{"cgiData.type", "block"}, {"cgiData.ret", "0"}, {"cgiData.ok", "true"}, {"cgiData.no", ""}}},
      {R"(let cgiData = {type: 'gray', 'title': "a\u4e2d\x41\/"})",
       {{"cgiData.type", "gray"}, {"cgiData.title", "a中A/"}}},
      {R"(window.cgiData={"btns":[{"text":"go","url":"u0"},{"url":"u1"}]})",
       {{"cgiData.btns.0.text", "go"}, {"cgiData.btns.0.url", "u0"}, {"cgiData.btns.1.url", "u1"}}},
      {R"(var a=1, cgiData={x:{y:{z:"deep",},},}, b=2)", {{"cgiData.x.y.z", "deep"}}},
      {R"(cgiData={n:-1.5,e:1e3,h:0x1f,t:!0,f:!1,u:undefined})",
       {{"cgiData.n", "-1.5"},
        {"cgiData.e", "1e3"},
        {"cgiData.h", "0x1f"},
        {"cgiData.t", "true"},
        {"cgiData.f", "false"},
        {"cgiData.u", ""}}},
      {R"(var DATA = JSON.parse("{\"type\":\"block\",\"url\":\"https:\/\/a.example\/\"}");)",
       {{"DATA.type", "block"}, {"DATA.url", "https://a.example/"}}},
      {R"(var DATA = JSON.parse('{"type":"gray"}'))", {{"DATA.type", "gray"}}},
      {R"(var DATA = JSON.parse("{&quot;type&quot;:&quot;block&quot;}"))", {{"DATA.type", "block"}}},
      {R"(var cgiData = {"url":"https:&#x2f;&#x2f;a.example&#x2f;?a=1&amp;b=2"})",
       {{"cgiData.url", "https://a.example/?a=1&b=2"}}},
      {R"(var cgiData = {"desc":"https:&amp;#x2f;&amp;#x2f;a.example"})", {{"cgiData.desc", "https://a.example"}}},
      {R"(var cgiData = {"url":"?a=1&lt=5&copy=2"})", {{"cgiData.url", "?a=1&lt=5&copy=2"}}},
      {R"(if (x) { y() } var cgiData = {"type":"block"})", {{"cgiData.type", "block"}}},
      {R"((function(){ var cgiData = {"type":"block"}; })())", {{"cgiData.type", "block"}}},
      {R"(window.g.data = {"a":"b"})", {{"g.data.a", "b"}}},
      {R"(var a = ["x", ["y"]])", {{"a.0", "x"}, {"a.1.0", "y"}}},
      {R"(var cgiData = {"type":"block"};var cgiData = {"type":"gray"})", {{"cgiData.type", "gray"}}},
      {R"(window["cgiData"]={"type":"block"})", {{"cgiData.type", "block"}}},
      {R"(a['b']["c"]={d:1})", {{"a.b.c.d", "1"}}},
      {R"(var DATA = window.JSON.parse('{"type":"gray"}'))", {{"DATA.type", "gray"}}},
      {R"(var DATA = JSON.parse(decodeURIComponent("%7B%22type%22%3A%22block%22%7D")))", {{"DATA.type", "block"}}},
      {R"(cgiData={}; cgiData.type="block"; cgiData.n=1, cgiData["u"]='\u4e2d')",
       {{"cgiData.type", "block"}, {"cgiData.n", "1"}, {"cgiData.u", "中"}}},
      {R"(var DATA = {&quot;type&quot;:&quot;block&quot;,&quot;a&quot;:{&quot;b&quot;:1}}; var b={c:1})",
       {{"DATA.type", "block"}, {"DATA.a.b", "1"}, {"b.c", "1"}}},
      {R"(var DATA = { &#34;type&#34;:&#34;block&#34;})", {{"DATA.type", "block"}}},
      {R"(a={n:1e+5,m:-2.5E-3,h:[0x1e,1]})", {{"a.n", "1e+5"}, {"a.m", "-2.5E-3"}, {"a.h.0", "0x1e"}, {"a.h.1", "1"}}},
  };
  for (const auto& [script, fields] : table) EXPECT_EQ(json_of(script), fields) << script;
}

TEST(InlineJson, WhatIsNoDataIsLeftOut) {
  for (const char* script : {
           "var a = {x: call()}",
           "var a = {x: b}",
           "var a = {x: 1 + 2}",
           "var a = {x: `b${c}`}",
           "var a = {x: function(){ return 1 }}",
           "var a = {[x]: 1}",
           "var a = JSON.parse(text)",
           "var a = JSON.parse(\"{broken\")",
           "var a = JSON.parse(`{\"a\":${1}}`)",
           "var a = {\"x\": \"never closed",
           "var a = {\"x\": 1",
           "function f(){ var a = {x: 1} }",
           "a == {x: 1}",
           "a = 'x'",
           "a.b = 'x' + c",
           "a.b = c ? 'x' : 'y'",
           "a.b = 1 + 2",
           "a.b = `x${c}`",
           "function f(){ a.b = 'x' }",
           "a.b == 'x'",
           "var a = {&quot;x&quot;:1",
           "var a = {&quot;x&quot;:y}",
           "var a = JSON.parse(decodeURIComponent('%7B%22%FF%22%3A1%7D'))",
           "// var a = {x: 1}\n",
           "var s = 'var a = {x: 1}'",
       }) {
    EXPECT_EQ(json_of(script), Fields{}) << script;
  }
}

TEST(InlineJson, AfterSomethingUnreadableTheScriptIsReadOn) {
  EXPECT_EQ(json_of("var a = {x: f({y: 1}), z: [2]}; var cgiData = {\"type\":\"block\"}"),
            (Fields{{"a.z.0", "2"}, {"cgiData.type", "block"}}));
  EXPECT_EQ(json_of("var a = {x: function(){ if (b) { return {c: 1} } }}\nvar cgiData = {\"type\":\"block\"}"),
            (Fields{{"cgiData.type", "block"}}));
}

TEST(InlineJson, ValueThatIsNoDataIsLeftOutByItself) {
  const std::pair<const char*, Fields> table[] = {
      {"a={x:b,y:1}", {{"a.y", "1"}}},
      {"a={y:1,x:b}", {{"a.y", "1"}}},
      {"a={x:'b'+c,y:1}", {{"a.y", "1"}}},
      {"a={x:1+2,y:1}", {{"a.y", "1"}}},
      {"a={x:-b,y:!c,z:1}", {{"a.z", "1"}}},
      {"a={x:`b${c}d`,y:1}", {{"a.y", "1"}}},
      {"a={x:function(){ return {y:2} },y:1}", {{"a.y", "1"}}},
      {"a={x:(b,c)=>({y:2}),y:1}", {{"a.y", "1"}}},
      {"a={x:/[,}]/,y:1}", {{"a.y", "1"}}},
      {"a={x:new Date(),y:1}", {{"a.y", "1"}}},
      {"a={x:{b:2}.b,y:1}", {{"a.y", "1"}}},
      {"a={x:[1,2].join(','),y:1}", {{"a.y", "1"}}},
      {"a={x:{b:c,d:2},y:1}", {{"a.x.d", "2"}, {"a.y", "1"}}},
      {"a=[b,1,'c'+d,{e:2}.e,3]", {{"a.1", "1"}, {"a.4", "3"}}},
      {"a=[[b,1],2]", {{"a.0.1", "1"}, {"a.1", "2"}}},
      {"a={x,y:1,...z,[k]:2,f(){return 1},get g(){return 2},async *h(){}}", {{"a.y", "1"}}},
      {"a={x:b};c={d:1}", {{"c.d", "1"}}},
  };
  for (const auto& [script, fields] : table) EXPECT_EQ(json_of(script), fields) << script;
}

TEST(InlineJson, ValueThatLiesTooDeepIsLeftOutByItself) {
  for (const int depth : {17, 64, 65, 100'000}) {
    const std::string deep =
        std::string(static_cast<std::size_t>(depth), '[') + "1" + std::string(static_cast<std::size_t>(depth), ']');
    EXPECT_EQ(json_of("var a = {x:" + deep + ",y:2};var b={c:1}"), (Fields{{"a.y", "2"}, {"b.c", "1"}})) << depth;
    EXPECT_EQ(json_of("var a = JSON.parse('{\"x\":" + deep + ",\"y\":2}')"), (Fields{{"a.y", "2"}})) << depth;
  }
}

TEST(InlineJson, IsBounded) {
  std::string many = "var a = {";
  for (int at = 0; at < 10000; ++at) many += "k" + std::to_string(at) + ":1,";
  EXPECT_LE(json_of(many + "}").size(), 2000u);

  const Fields fields = json_of("var a = {\"x\": \"" + std::string(100000, 'y') + "\"}");
  ASSERT_TRUE(fields.contains("a.x"));
  EXPECT_LE(fields.at("a.x").size(), 8u * 1024);

  EXPECT_EQ(json_of("var a = " + std::string(100, '[') + std::string(100, ']') + ";var b={c:1}"),
            (Fields{{"b.c", "1"}}));
  EXPECT_EQ(json_of("var a = {x:\"" + std::string(300000, 'y') + "\"};var b={c:1}").at("b.c"), "1");
}

}  // namespace
}  // namespace linkaudit::probes
