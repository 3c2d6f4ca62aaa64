// Plain redirects are followed; cleverer ones are only suspected.
#include <gtest/gtest.h>

#include "probes/page/reader.h"
#include "probes/page/refresh.h"

namespace linkaudit::probes {
namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";

TEST(RefreshTarget, FollowsTheSharedDeclarativeSteps) {
  const std::pair<const char*, const char*> table[] = {
      {"0;url=https://a.example/", "https://a.example/"},
      {"0; URL = 'https://a.example/x y'", "https://a.example/x y"},
      {"  3 ,  url=\"/b\" trailing", "/b"},
      {"0;https://a.example/", "https://a.example/"},
      {"0 https://a.example/", "https://a.example/"},
      {"1.5;url=c", "c"},
      {".5;url=c", "c"},
      {"0;url='never closed", "never closed"},
      {"0;urls", "urls"},
      {"0;url", "url"},
      {"30;url=c", "c"},
      {"31;url=c", nullptr},
      {"99999999999999999999;url=c", nullptr},
      {"0;url=", nullptr},
      {"0;url=''", nullptr},
      {"0", nullptr},
      {"5;", nullptr},
      {"0x;url=c", nullptr},
      {"url=c", nullptr},
      {"-1;url=c", nullptr},
      {"", nullptr},
  };
  for (const auto& [value, target] : table) {
    EXPECT_EQ(refresh_target(value).value_or("(none)"), target == nullptr ? "(none)" : target) << value;
  }
}

struct Row {
  const char* page;
  const char* via;
  const char* url;
};

TEST(Redirect, PlainOnesAreTaken) {
  const Row table[] = {
      {"<meta http-equiv=refresh content='0;url=https://a.example/?x=1&amp;y=2'>", "meta",
       "https://a.example/?x=1&y=2"},
      {"<META HTTP-EQUIV='Refresh' CONTENT='1; url=/b'>", "meta", "/b"},
      {"<meta http-equiv=refresh content='0;url=/1'><meta http-equiv=refresh content='0;url=/2'>", "meta", "/1"},
      {"<script>location='/b'</script>", "script", "/b"},
      {"<script>location.href = \"https://a.example/?a=1&b=2\";</script>", "script", "https://a.example/?a=1&b=2"},
      {"<script>window.location.replace('/b');</script>", "script", "/b"},
      {"<script>self.location.assign(`/b`)</script>", "script", "/b"},
      {"<script>top.location.href='/b'</script>", "script", "/b"},
      {"<script>parent.window.location='/b'</script>", "script", "/b"},
      {"<script>document.location='/b'</script>", "script", "/b"},
      {"<script>document.location.href='\\/b\\x2fc\\u002fd'</script>", "script", "/b/c/d"},
      {"<script>'use strict'\nvar a=1\nlocation='/b'</script>", "script", "/b"},
      {"<script>// x\n/* location='/c' */ location='/b' // location='/d'\n</script>", "script", "/b"},
      {"<script><!--\nlocation='/b'\n//--></script>", "script", "/b"},
      {"<script>(function(){location='/b'})()</script>", "script", "/b"},
      {"<script>!function(w, d){window.location.href='/b'}(window, document)</script>", "script", "/b"},
      {"<script>(() => {location='/b'})()</script>", "script", "/b"},
      {"<script>(function(){var f=function(){return 1}, g=(a)=>{return a};function h(){return 2} "
       "location='/b'})()</script>",
       "script", "/b"},
      {"<script>(function(){if(a){return}})();location='/b'</script>", "script", "/b"},
      {"<script>var f=function(){return 1}\nlocation='/b'</script>", "script", "/b"},
      {"<script>window.onload = function(){ location.replace('/b'); }</script>", "script", "/b"},
      {"<script>setTimeout(function(){location.href='/b'}, 100)</script>", "script", "/b"},
      {"<body onload=\"location.href='/b'\">", "script", "/b"},
      {"<script type='text/javascript'>location='/b'</script>", "script", "/b"},
      {"<script type=module>location='/b'</script>", "script", "/b"},
      {"<script>location='/1';location='/2'</script>", "script", "/2"},  // the later one replaces the earlier
      {"<meta http-equiv=refresh content='5;url=/m'><script>location='/s'</script>", "script", "/s"},
      {"<script>var r=/[/'\"]/g;location='/b'</script>", "script", "/b"},
      {"<script>var s=`a${1+`b${2}`}c`;location='/b'</script>", "script", "/b"},
      {"<script>location.href='//a.example/b'</script>", "script", "//a.example/b"},
      {"<script>location.href='a.html'</script>", "script", "a.html"},
      {"<script language=JavaScript1.2>location='/b'</script>", "script", "/b"},
      // White space and line terminators of ECMAScript.
      {"<script>\uFEFFlocation\u00A0=\u3000'/b'\u2028</script>", "script", "/b"},
      {"<script>\u1680\u2000\u200A\u202F\u205Flocation.replace\u00A0('/b')</script>", "script", "/b"},
      {"<script>// x\u2028location='/b'\u2029var a</script>", "script", "/b"},
      {"<script>var a=中\nlocation='/b'</script>", "script", "/b"},
      {"<script>window.location?.replace('/b')</script>", "script", "/b"},
      {"<script>window?.location.assign('/b')</script>", "script", "/b"},
      {"<script type='' language=vbscript>location='/b'</script>", "script", "/b"},
      {"<script type=' Text/JScript '>location='/b'</script>", "script", "/b"},
      {"<script type=module nomodule>location='/b'</script>", "script", "/b"},
      {"<script for=Window event='onload()'>location='/b'</script>", "script", "/b"},
      {"<meta http-equiv=refresh content='0;url=mailto:a@b.example'><meta http-equiv=refresh content='0;url=/b'>",
       "meta", "/b"},
  };
  for (const Row& row : table) {
    const PageFacts facts = read_page(row.page, kHtml);
    ASSERT_TRUE(facts.redirect.has_value()) << row.page;
    EXPECT_EQ(facts.redirect->via, row.via) << row.page;
    EXPECT_EQ(facts.redirect->url, row.url) << row.page;
    EXPECT_FALSE(facts.script_redirect_suspected) << row.page;
  }
}

TEST(Redirect, CleverOnesAreSuspectedAndNotTaken) {
  for (const char* page : {
           "<script>location = target</script>",
           "<script>location.href = '/b' + id</script>",
           "<script>location.href = base + '/b'</script>",
           "<script>location.replace(decodeURIComponent('%2fb'))</script>",
           "<script>location.replace(`/b?${id}`)</script>",
           "<script>if (isWeixin()) location.href='/b'</script>",
           "<script>if (a) {\n location.href='/b';\n}</script>",
           "<script>if (a)\n location.href='/b'</script>",
           "<script>for (;;) location='/b'</script>",
           "<script>a && (location='/b')</script>",
           "<script>a ? location='/b' : 0</script>",
           "<script>function go(){ location.href='/b' } go()</script>",
           "<script>button.onclick = function(){ location.href='/b' }</script>",
           "<script>$(function(){ location.href='/b' })</script>",
           "<script>setTimeout(\"location.href='/b'\", 10)</script>",
           "<script>eval(\"location='/b'\")</script>",
           "<script>(function(){ if (!mobile) return; location.href='/b' })()</script>",
           "<script>(function(){ if (!mobile) { return } location.href='/b' })()</script>",
           "<script>if (old) throw 1; location.href='/b'</script>",
           "<script>location['href']='/b'</script>",
           "<script>location.reload()</script>",
           "<script>location.href='javascript:go()'</script>",
           "<script>(function(w){ w.location.href = '/b' })(window)</script>",
           "<script>var w=window;w.location='/b'</script>",
           "<script>frames[0].location.replace('/b')</script>",
           "<script>window['location']='/b'</script>",
           "<script>window['location'].href='/b'</script>",
           "<script>location.search='?a=1'</script>",
           "<script>location.pathname='/b'</script>",
           "<script>eval(atob('bG9jYXRpb249Jy9iJw=='))</script>",
           "<script>eval('loc' + 'ation=\"/b\"')</script>",
           "<script>eval('loc\\x61tion=\"/b\"')</script>",
           "<script>window.eval(code)</script>",
           "<script>eval(function(p,a,c,k,e,d){return p}('0',1))</script>",
           "<script>setTimeout(atob('bG9jYXRpb249Jy9iJw=='), 0)</script>",
           "<script>window.open('/b', '_self')</script>",
           "<script>open(url + '?a=' + f(1, 2), \"_top\")</script>",
           "<script>window.open('/b', '_PARENT', 'noopener')</script>",
           "<script>document.write('<meta http-equiv=\"refresh\" content=\"0;url=/b\">')</script>",
           "<script>document.write('\\x3cMETA http-equiv=refr' + 'esh content=0;url=/b>')</script>",
           "<script>document.writeln('<scr'+'ipt>'); document.write(\"<script>location='/b'<\\/script>\")</script>",
           "<script>document.write(unescape('%3Cmeta%20http-equiv=refresh%3E'))</script>",
           "<script>var m=document.createElement('meta');m.httpEquiv='refresh';m.content='0;url=/b'</script>",
           "<script>document.forms[0].submit()</script>",
           "<script>document.getElementById('f').submit()</script>",
           "<script>navigation.navigate('/b')</script>",
           // The location under another name, or handed on.
           "<script>var l=location;l.href='/b'</script>",
           "<script>var l=window.location; function go(){ l.replace('/b') }</script>",
           "<script>if(x)var l=top.location;if(y)l.assign('/b')</script>",
           "<script>a.l=document.location;a.l.href='/b'</script>",
           "<script>var o={at:location};o.at.href='/b'</script>",
           "<script>var l=location;l['hr'+'ef']='/b'</script>",
           "<script>const {location:l}=window;l.href='/b'</script>",
           "<script>var {document, location: l} = self; l.assign('/b')</script>",
           "<script>const {location}=window;if(a)location.href='/b'</script>",
           "<script>(function(w,l){l.href='/b'})(window,location)</script>",
           "<script>go(location);function go(l){l.replace('/b')}</script>",
           "<script>with(location)href='/b'</script>",
           "<script>with(document){with(location){href='/b'}}</script>",
           "<script>Object.assign(location,{href:'/b'})</script>",
           "<script>Object.assign(window,{location:'/b'})</script>",
           "<script>Reflect.set(window.location,'href','/b')</script>",
           "<script>Reflect.set(window,'location','/b')</script>",
           "<script>location.replace.call(location,'/b')</script>",
           "<script>var go=location.assign;go('/b')</script>",
           "<script>[location.href]=['/b']</script>",
           "<script>({a:location.href}={a:'/b'})</script>",
           "<script>for(location.href of ['/b']);</script>",
           "<script>location+='/b'</script>",
           "<script>location.href+='?a=1'</script>",
           "<script>location.href||='/b'</script>",
           // Spelled so that nobody sees it.
           "<script>l\\u006fcation='/b'</script>",
           "<script>window.l\\u{6f}cation='/b'</script>",
           "<script>self['\\x6cocation']='/b'</script>",
           "<script>window['loc'+'ation']='/b'</script>",
           "<script>window['lo'+\"cat\"+`ion`].href='/b'</script>",
           "<script>window['location']['re'+'place']('/b')</script>",
           "<script>window['open']('/b','_self')</script>",
           "<script>new Function(\"location='/b'\")()</script>",
           "<script>Function('a','b','loc'+'ation.href=a')('/b')</script>",
           "<script>setTimeout('loc'+'ation=\"/b\"')</script>",
           // By hand, as it were.
           "<script>document.getElementById('a').click()</script>",
           "<script>document.querySelector('#a').click( );</script>",
           "<script>f.requestSubmit()</script>",
           "<script>HTMLFormElement.prototype.submit.call(f)</script>",
           "<script>a.dispatchEvent(new MouseEvent('click'))</script>",
           // Written into the page.
           "<script>document.write(\"<scr\"+\"ipt>loc\"+\"ation='/b'</scr\"+\"ipt>\")</script>",
           "<script>document.write('<a>'+b(1)+'</a>'+'<script>location.href=\"'+c+'\"</'+'script>')</script>",
           "<script>d.innerHTML='<img src=x onerror=location=1>'</script>",
           "<script>document.head.innerHTML+='<meta http-equiv=refresh content=\"0;url=/b\">'</script>",
           "<script>document.getElementById('d').outerHTML='<svg onload=\"top.location.replace(1)\">'</script>",
           "<script>d.insertAdjacentHTML('beforeend','<img src=x onerror=\"window[`location`]=1\">')</script>",
           "<script>m.setAttribute('http-equiv','refresh')</script>",
           "<script>Object.assign(m,{httpEquiv:'refresh',content:'0;url=/b'})</script>",
           // In what holds data otherwise.
           "<script>var a={b:1,c:function(){location.href='/b'}}</script>",
           "<script>var a={b(){ location.href='/b' }, c: 1}</script>",
           "<script>var a={b:`${location='/b'}`}</script>",
           // In attributes and frames.
           "<img src=x onerror=\"location='/b'\">",
           "<body onpageshow=\"location.href='/b'\">",
           "<svg onload=location.replace('/b')>",
           "<input autofocus onfocus=\"location='/b'\">",
           "<img src=x onerror=\"window['loc'+'ation']='/b'\">",
           "<img src=x onerror=\"document.forms[0].submit()\">",
           "<iframe srcdoc=\"&lt;script&gt;top.location='/b'&lt;/script&gt;\"></iframe>",
           "<iframe src=\"javascript:parent.location.href='/b'\"></iframe>",
           "<iframe src=\" JavaScript:top%2Elocation%3D1\"></iframe>",
           "<meta http-equiv=refresh content='0;url=about:blank'>",
           "<meta http-equiv=refresh content='0;url=blob:https://a.example/1'>",
           "<script>location='about:blank'</script>",
       }) {
    const PageFacts facts = read_page(page, kHtml);
    EXPECT_FALSE(facts.redirect.has_value()) << page << " -> " << facts.redirect->url;
    EXPECT_TRUE(facts.script_redirect_suspected) << page;
  }
}

TEST(Redirect, WhatStaysIsNeitherTakenNorSuspected) {
  for (const char* page : {
           "<script>var a = location.href</script>",
           "<script>if (location.href == '/b') x()</script>",
           "<script>if (location.protocol === 'https:') x()</script>",
           "<script>location.hash='#a'</script>",
           "<script>location.href='#top'</script>",
           "<script>var s = \"location.href='/b'\"</script>",
           "<script>// location.href='/b'\n</script>",
           "<script>/* location='/b' */</script>",
           "<script>var r = /location='b'/</script>",
           "<script>var location2 = '/b'; mylocation = '/b'</script>",
           "<script>a = {location: '/b'}</script>",
           "<script src=/x.js>location='/b'</script>",
           "<script type=text/template>location='/b'</script>",
           "<script type='application/json'>{\"location\": \"/b\"}</script>",
           "<template><script>location='/b'</script><meta http-equiv=refresh content='0;url=/b'></template>",
           "<!-- <script>location='/b'</script> -->",
           "<textarea><script>location='/b'</script></textarea>",
           "<noscript><meta http-equiv=refresh content='0;url=/b'></noscript>",
           "<style>location='/b'</style>",
           "<a href='javascript:location=1'>x</a>",
           "<meta name=refresh content='0;url=/b'>",
           "<meta http-equiv=' refresh ' content='0;url=/b'>",
           "<meta http-equiv=refresh content='0;url=javascript:location=\"/b\"'>",
           "<meta http-equiv=refresh content='0;url=data:text/html,x'>",
           "<meta http-equiv=refresh content='0;url=mailto:a@b.example'>",
           "<meta http-equiv=refresh content='0;url=TEL:123'>",
           "<script>location='/b'",
           "<script language=vbscript>location='/b'</script>",
           "<script nomodule>location='/b'</script>",
           "<script type='text/javascript; charset=utf-8'>location='/b'</script>",
           "<script type=' '>location='/b'</script>",
           "<script for=button event=onclick>location='/b'</script>",
           "<meta http-equiv=refresh content='600'>",
           "<meta http-equiv=refresh content='600;url=/b'>",
           "<script>window.open('/b')</script>",
           "<script>window.open('/b', '_blank'); f(a, '_self')</script>",
           "<script>xhr.open('GET', '/b')</script>",
           "<script>var data = eval('(' + text + ')')</script>",
           "<script>eval('1+1')</script>",
           "<script>setTimeout(tick, 100); setInterval('tick()', 10)</script>",
           "<script>document.write('<script src=/x.js></' + 'script>'); write(atob('x'))</script>",
           "<script>document.write(new Date().getFullYear())</script>",
           "<script>function search(){ form.submit() }</script>",
           "<script>meta.httpEquiv='x-ua-compatible'</script>",
           // Reading a location is no leaving.
           "<script>var l=location;var a=l.href;if(l.search)b(l.pathname.replace('/',''))</script>",
           "<script>var f=e.location;f.href='/b';f.replace('/b')</script>",
           "<script>var l=location;function f(l){return l[0]}</script>",
           "<script>var l=location,s=l.href.replace(/a/,'b');l.hash='c'</script>",
           "<script>var u=encodeURIComponent(location);a.href=u</script>",
           "<script>var a=new URL(location);a.href='/b'</script>",
           "<script>f(location);g(location.href)</script>",
           "<script>(function(w,d,l){d.title=l.href})(window,document,location)</script>",
           "<script>a.href=location.href;img.src='/i?u='+location.href</script>",
           "<script>var {href, search} = location; const {location: l} = window; f(l.href)</script>",
           "<script>cache[location.pathname]=1</script>",
           "<script>var a={url:location.href,b:[location.host]}\nvar c={}</script>",
           "<script>if('location' in a || a.location==null) b={location:1,location2:'/b'}</script>",
           "<script>window['cb'+id]=function(){};window['loc'+'ale']='zh';a['location_'+b]=1</script>",
           "<script>Object.assign(a,{location:'/b'});Reflect.set(a,'location','/b')</script>",
           "<script>location.hash+='a'</script>",
           "<script>x=a?.5:1;y=b?.c</script>",
           "<script>with(document)0[(getElementsByTagName('head')[0]||body).appendChild(createElement('script')).src='/"
           "s.js']"
           "</script>",
           // Handlers that a hand runs, or that only mend a picture.
           "<script>$('#a').click(function(){ b() });$('form').submit(function(){ return c() })</script>",
           "<script>function submit(){ a() } function click(){ b() } click()</script>",
           "<script>a.addEventListener('click',function(){ b.click() })</script>",
           "<script>window.dispatchEvent(new Event('resize'))</script>",
           "<a onclick=\"location='/b'\" onmouseover=\"location='/b'\">x</a>",
           "<img src=x onerror=\"this.src='/location.png';this.onerror=null\">",
           "<input onfocus=\"location='/b'\">",
           // Written into the page, and nothing leads away.
           "<script>document.write('<meta name=\"viewport\" content=\"width=640\">')</script>",
           "<script>document.write('<a href=\"/x?location=1&location=2\">'+location.href+'</a>')</script>",
           "<script>d.innerHTML='<p>location: '+x+'</p>';e.innerHTML=decodeURIComponent(y)</script>",
           "<script>d.innerHTML='';var s='location.href=1'</script>",
           "<script>new Function('return this')();Function('a','return a')</script>",
           "<script>var a={b:function(){return location.href},c:{location:'/b'}}</script>",
           "<script>m.setAttribute('http-equiv','x-ua-compatible');f('refresh')</script>",
           "<iframe srcdoc=\"&lt;script&gt;location='/b'&lt;/script&gt;\"></iframe>",
           "<iframe src=\"javascript:''\"></iframe><iframe src=/top/location=1></iframe>",
           "<iframe srcdoc=\"&lt;a href='/top?location=1'&gt;\"></iframe>",
           "<script>var \\u4e2d={\\u4e2d:1}</script>",
       }) {
    const PageFacts facts = read_page(page, kHtml);
    EXPECT_FALSE(facts.redirect.has_value()) << page << " -> " << facts.redirect->url;
    EXPECT_FALSE(facts.script_redirect_suspected) << page;
    EXPECT_TRUE(facts.app_jumps.empty()) << page;
  }
}

TEST(Redirect, SpelledWithoutSlashesIsBothTakenAndSuspected) {
  for (const char* page :
       {"<script>location='http:b'</script>", "<meta http-equiv=refresh content='0;url=https:/a.example/'>"}) {
    EXPECT_TRUE(read_page(page, kHtml).redirect) << page;
    EXPECT_TRUE(read_page(page, kHtml).script_redirect_suspected) << page;
  }
}

TEST(Redirect, RefreshHeaderCountsBeforeMeta) {
  const PageFacts facts = read_page("<meta http-equiv=refresh content='0;url=/m'>", kHtml, "0;url=/h");
  EXPECT_EQ(facts.redirect, (PageRedirect{"refresh", "/h"}));
  EXPECT_EQ(read_page("{}", "application/json", "0;url=/h").redirect, (PageRedirect{"refresh", "/h"}));
  EXPECT_FALSE(read_page("x", kHtml, "0;url=javascript:go()").redirect);
  EXPECT_TRUE(read_page("x", kHtml, "0;url=about:blank").script_redirect_suspected);
}

TEST(Redirect, IsRelativeToTheFirstBaseBeforeIt) {
  const std::pair<const char*, const char*> table[] = {
      {"<base href='https://b.example/x/'><meta http-equiv=refresh content='0;url=c'>", "https://b.example/x/"},
      {"<base target=_blank><BASE HREF=' /x/ '><base href=/y/><meta http-equiv=refresh content='0;url=c'>", "/x/"},
      {"<base href=/x/><script>location='c'</script>", "/x/"},
      {"<base href=/x/><body onload=\"location='c'\">", "/x/"},
      {"<meta http-equiv=refresh content='0;url=c'><base href=/x/>", ""},
      {"<script>location='c'</script><base href=/x/><script>var a = 1</script>", ""},
      {"<base href=''><base href=/y/><script>location='c'</script>", ""},
      {"<template><base href=/x/></template><script>location='c'</script>", ""},
      {"<script>location='c'</script>", ""},
  };
  for (const auto& [page, base] : table) {
    const PageFacts facts = read_page(page, kHtml);
    ASSERT_TRUE(facts.redirect) << page;
    EXPECT_EQ(facts.redirect->url, "c") << page;
    EXPECT_EQ(facts.redirect->base, base) << page;
  }
  EXPECT_EQ(read_page("<base href=/x/>", kHtml, "0;url=c").redirect, (PageRedirect{"refresh", "c"}));
}

}  // namespace
}  // namespace linkaudit::probes
