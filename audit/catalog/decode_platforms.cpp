#include <string_view>

#include "audit/catalog/decode.h"

namespace linkaudit::catalog {
namespace {

// Alternatives of a marker; those that are patterns are checked.
std::vector<std::string> marker_of(Fields& fields, const std::string& key) {
  std::vector<std::string> alternatives = fields.texts(key);
  for (const std::string& each : alternatives) {
    for (const std::string_view prefix : {"re:", "url:"}) {
      if (each == prefix) fields.problem(key, "\"" + each + "\" has no pattern behind it, and would hold everywhere");
      if (each.starts_with(prefix)) check_pattern(fields, key, each.substr(prefix.size()));
    }
  }
  return alternatives;
}

probes::Markers markers_of(const Node* node, const std::string& where, Problems& problems) {
  probes::Markers markers;
  if (node == nullptr) return markers;
  Fields fields(*node, where, problems);
  markers.detail = marker_of(fields, "detail");
  markers.add_to_cart = marker_of(fields, "add_to_cart");
  markers.buy_now = marker_of(fields, "buy_now");
  markers.login = marker_of(fields, "login");
  markers.captcha = marker_of(fields, "captcha");
  markers.open_in_browser = marker_of(fields, "open_in_browser");
  markers.open_in_app = marker_of(fields, "open_in_app");
  markers.download = marker_of(fields, "download");
  if (const Node* payment = fields.node("payment"); payment != nullptr && payment->kind() != Node::Kind::null) {
    Fields methods(*payment, where + ".payment", problems);
    for (const auto& [method, ignored] : payment->fields())
      markers.payment.emplace_back(method, marker_of(methods, method));
  }
  fields.finish();
  return markers;
}

Node& element(Node& list, const Identified& found) {
  Node::Items& items = *list.list_items();
  return items[static_cast<std::size_t>(found.node - items.data())];
}

void decode_links(Node* list, const std::string& where, Platform& platform, Problems& problems) {
  const std::vector<Identified> links = identified(list, where, problems);
  platform.links.reserve(links.size());
  for (const Identified& item : links) {
    Fields fields(*item.node, where + "." + std::string(item.id), problems);
    probes::Link link;
    link.id = platform.id + "/" + fields.required("id");
    link.id.shrink_to_fit();
    fields.flag("enabled", true);
    link.platform = platform.id;
    link.kind = fields.text("kind");
    link.url = fields.text("url");
    check_url(fields, "url", link.url);
    fields.finish();
    platform.links.push_back(std::move(link));
    element(*list, item) = Node();
  }
}

}  // namespace

void decode_platforms(Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "platforms", problems)) {
    const std::string where = "platforms." + std::string(item.id);
    Fields fields(*item.node, where, problems);
    Platform platform;
    platform.id = fields.required("id");
    fields.flag("enabled", true);
    platform.name = fields.bilingual("name", true);
    platform.operator_name = fields.bilingual("operator", true);
    platform.category = fields.required("category");
    platform.domains = required_texts(fields, "domains");
    check_domains(fields, "domains", platform.domains);
    platform.shapes = fields.texts("shapes");
    for (const std::string& shape : platform.shapes) check_pattern(fields, "shapes", shape);
    platform.markers = markers_of(fields.node("markers"), where + ".markers", problems);
    Node* links = fields.node("links") == nullptr ? nullptr : element(*list, item).find("links");
    decode_links(links, where + ".links", platform, problems);
    fields.finish();
    catalog.platforms.push_back(std::move(platform));
  }
}

}  // namespace linkaudit::catalog
