#include <algorithm>
#include <array>

#include "probes/lab/world.h"

namespace linkaudit::probes {
namespace {

constexpr std::string_view kPunish = "/_____tmd_____/punish";

constexpr std::array kPlatforms = {
    LabPlatform{"taobao", "淘宝网", Wares::shop, "tbopen://m.taobao.com/tbopen/index.html?action=ali.open.nav&h5Url=",
                "https://login.m.taobao.com/login.htm", "https://main.m.taobao.com/_____tmd_____/punish"},
    LabPlatform{"tmall", "天猫", Wares::shop, "tmall://mobile.tmall.com/page/itemDetail?url=",
                "https://login.m.taobao.com/login.htm", "https://h5api.m.tmall.com/h5/_____tmd_____/punish"},
    LabPlatform{"xianyu", "闲鱼", Wares::second_hand, "fleamarket://item?url=",
                "https://passport.goofish.com/mini_login.htm", "https://www.goofish.com/_____tmd_____/punish"},
    LabPlatform{"douyin_shop", "抖音商城", Wares::shop,
                "snssdk1128://ec_goods_detail?url=", "https://haohuo.jinritemai.com/views/login", ""},
    LabPlatform{"douyin", "抖音", Wares::video, "snssdk1128://webview?url=", "https://www.iesdouyin.com/share/login",
                "https://www.iesdouyin.com/share/verify"},
    LabPlatform{"jd", "京东", Wares::shop, "openapp.jdmobile://virtual?url=", "https://plogin.m.jd.com/login/login",
                "https://cfe.m.jd.com/privatedomain/risk_handler/03101900/"},
    LabPlatform{"pinduoduo", "拼多多", Wares::group_buying, "pinduoduo://com.xunmeng.pinduoduo/goods.html?url=",
                "https://mobile.yangkeduo.com/login.html", "https://mobile.yangkeduo.com/psnl_verification.html"},
    LabPlatform{"kuaishou", "快手", Wares::video, "kwai://home?url=", "https://www.kuaishou.com/login", ""},
    LabPlatform{"xiaohongshu", "小红书", Wares::note, "xhsdiscover://item?url=", "https://www.xiaohongshu.com/login",
                "https://www.xiaohongshu.com/website-login/captcha"},
    LabPlatform{"bilibili", "哔哩哔哩", Wares::video,
                "bilibili://video?url=", "https://passport.bilibili.com/h5-app/passport/login", ""},
    LabPlatform{"zhihu", "知乎", Wares::article, "zhihu://articles?url=", "https://www.zhihu.com/signin",
                "https://www.zhihu.com/account/unhuman"},
    LabPlatform{"netease_music", "网易云音乐", Wares::music, "orpheus://playlist?url=", "https://music.163.com/m/login",
                ""},
};

struct Address {
  std::string_view host;  // itself and its subdomains
  std::string_view path;  // begins so
  std::string_view platform;
  std::string_view via, to;  // of short links
};

// The first that fits counts.
constexpr std::array kAddresses = {
    Address{"m.tb.cn", "/h.TVTzZg2", "xianyu", "script",
            "https://market.m.taobao.com/app/idleFish-F2e/widle-taobao-rax/page-detail?id=635049968042"},
    Address{"e.tb.cn", "/", "taobao", "meta", "https://main.m.taobao.com/security-h5-detail/home?id=808369265492"},
    Address{"tb.cn", "/", "taobao", "script", "https://main.m.taobao.com/security-h5-detail/home?id=808369265492"},
    Address{"market.m.taobao.com", "/app/idleFish", "xianyu", "", ""},
    Address{"taobao.com", "/", "taobao", "", ""},
    Address{"tmall.com", "/", "tmall", "", ""},
    Address{"tmall.hk", "/", "tmall", "", ""},
    Address{"goofish.com", "/", "xianyu", "", ""},
    Address{"jinritemai.com", "/", "douyin_shop", "", ""},
    Address{"v.douyin.com", "/", "douyin", "http", "https://www.iesdouyin.com/share/video/7012345678901234567/"},
    Address{"douyin.com", "/", "douyin", "", ""},
    Address{"iesdouyin.com", "/", "douyin", "", ""},
    Address{"3.cn", "/", "jd", "http", "https://item.m.jd.com/product/13201774.html"},
    Address{"u.jd.com", "/", "jd", "script", "https://item.m.jd.com/product/13201774.html"},
    Address{"jd.com", "/", "jd", "", ""},
    Address{"jd.hk", "/", "jd", "", ""},
    Address{"p.pinduoduo.com", "/", "pinduoduo", "http", "https://mobile.yangkeduo.com/goods.html?ps=OuBjGMWE82"},
    Address{"pinduoduo.com", "/", "pinduoduo", "", ""},
    Address{"yangkeduo.com", "/", "pinduoduo", "", ""},
    Address{"v.kuaishou.com", "/", "kuaishou", "http", "https://www.kuaishou.com/short-video/3xexample"},
    Address{"kuaishou.com", "/", "kuaishou", "", ""},
    Address{"kwaixiaodian.com", "/", "kuaishou", "", ""},
    Address{"xhslink.com", "/", "xiaohongshu", "http",
            "https://www.xiaohongshu.com/discovery/item/5f0000000000000000000001"},
    Address{"xiaohongshu.com", "/", "xiaohongshu", "", ""},
    Address{"b23.tv", "/", "bilibili", "http", "https://www.bilibili.com/video/BV1dW411M7xL"},
    Address{"bilibili.com", "/", "bilibili", "", ""},
    Address{"zhihu.com", "/", "zhihu", "", ""},
    Address{"163cn.tv", "/", "netease_music", "http", "https://music.163.com/playlist?id=12769548936"},
    Address{"music.163.com", "/", "netease_music", "", ""},
};

bool within(std::string_view host, std::string_view domain) {
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

// Whether the request is for the page at this address, whatever its query.
bool asks_for(const LabRequest& request, std::string_view address) {
  const std::string_view begin = "https://";
  if (!address.starts_with(begin)) return false;
  address.remove_prefix(begin.size());
  const std::size_t slash = std::min(address.find('/'), address.size());
  return request.host == address.substr(0, slash) && request.path == address.substr(slash);
}

Place place_of(const LabRequest& request, const LabPlatform& platform, const Address& address) {
  if (asks_for(request, platform.login)) return Place::login;
  if (asks_for(request, platform.captcha) || request.path.ends_with(kPunish)) return Place::captcha;
  if (!address.via.empty()) return Place::short_link;
  return request.path.size() <= 1 && request.query.empty() ? Place::home : Place::page;
}

}  // namespace

const LabPlatform* find_platform(std::string_view id) {
  const auto found = std::ranges::find(kPlatforms, id, &LabPlatform::id);
  return found == kPlatforms.end() ? nullptr : &*found;
}

std::optional<Site> site_of(const LabRequest& request) {
  for (const Address& address : kAddresses) {
    if (!within(request.host, address.host) || !request.path.starts_with(address.path)) continue;
    const LabPlatform* platform = find_platform(address.platform);
    return Site{platform, place_of(request, *platform, address), address.via, address.to};
  }
  return std::nullopt;
}

}  // namespace linkaudit::probes
