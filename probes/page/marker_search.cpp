#include "probes/page/marker_search.h"

#include <algorithm>

namespace linkaudit::probes {

MarkerSearch::MarkerSearch(const std::vector<PlatformSigns>& platforms) {
  for (const PlatformSigns& platform : platforms) {
    const Markers& given = platform.markers;
    const std::pair<const char*, const std::vector<std::string>*> fields[] = {
        {"detail", &given.detail},           {"add_to_cart", &given.add_to_cart},
        {"buy_now", &given.buy_now},         {"login", &given.login},
        {"captcha", &given.captcha},         {"open_in_browser", &given.open_in_browser},
        {"open_in_app", &given.open_in_app}, {"download", &given.download},
    };
    const std::string owner = "platform " + platform.id;
    PlatformMarkers& markers = by_platform_[platform.id];
    for (const auto& [name, alternatives] : fields) markers.signs.emplace_back(name, compile(*alternatives, owner));
    for (const auto& [method, alternatives] : given.payment) {
      markers.payment.emplace_back(method, compile(alternatives, owner));
    }
  }
  texts_.compile();
  urls_.compile();
}

MarkerSearch::Alternatives MarkerSearch::compile(const std::vector<std::string>& alternatives,
                                                 const std::string& owner) {
  Alternatives out;
  for (const std::string& alternative : alternatives) {
    if (alternative.starts_with("url:")) {
      out.url.push_back(urls_.add(alternative.substr(4), owner));
    } else if (alternative.starts_with("re:")) {
      out.text.push_back(texts_.add(alternative.substr(3), owner));
    } else if (!alternative.empty()) {
      out.text.push_back(texts_.add_phrase(alternative, owner));
    }
  }
  return out;
}

std::map<std::string, std::string> MarkerSearch::find(const SeenPage& page, const std::string& platform) const {
  std::map<std::string, std::string> facts;
  const auto known = by_platform_.find(platform);
  if (known == by_platform_.end()) return facts;
  const std::vector<bool> in_url = urls_.match({page.url});
  std::vector<bool> in_text;
  if (page.page != nullptr) in_text = *text_look(page.page);
  const auto shown = [&](const Alternatives& alternatives) {
    return std::any_of(alternatives.url.begin(), alternatives.url.end(),
                       [&](int number) { return in_url[static_cast<std::size_t>(number)]; }) ||
           (!in_text.empty() && std::any_of(alternatives.text.begin(), alternatives.text.end(),
                                            [&](int number) { return in_text[static_cast<std::size_t>(number)]; }));
  };
  for (const auto& [name, alternatives] : known->second.signs) {
    if (shown(alternatives)) facts[name] = "yes";
  }
  std::string methods;
  for (const auto& [method, alternatives] : known->second.payment) {
    if (shown(alternatives)) methods += (methods.empty() ? "" : ",") + method;
  }
  if (!methods.empty()) facts["payment"] = methods;
  return facts;
}

}  // namespace linkaudit::probes
