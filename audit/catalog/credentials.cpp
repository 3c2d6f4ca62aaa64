#include "audit/catalog/credentials.h"

#include "probes/fetch/credential_fields.h"
#include "probes/fetch/proxy.h"

namespace linkaudit::catalog {
namespace {

void hide_in_headers(Node* client) {
  Node* headers = client == nullptr ? nullptr : client->find("headers");
  auto* fields = headers == nullptr ? nullptr : headers->map_fields();
  if (fields == nullptr) return;
  for (auto& [name, value] : *fields) {
    if (probes::is_credential_field(name)) value = Node::scalar(std::string(kHidden), true);
  }
}

}  // namespace

void hide_credentials(Node& merged) {
  Node* network = merged.find("network");
  if (Node* proxy = network == nullptr ? nullptr : network->find("proxy"); proxy != nullptr && !proxy->text().empty()) {
    *proxy = Node::scalar(probes::without_credentials(proxy->text()), true);
  }
  hide_in_headers(merged.find("control_client"));
  Node* hosts = merged.find("hosts");
  if (hosts == nullptr || hosts->list_items() == nullptr) return;
  for (Node& host : *hosts->list_items()) {
    hide_in_headers(host.find("client"));
    Node* contexts = host.find("contexts");
    if (contexts == nullptr || contexts->list_items() == nullptr) continue;
    for (Node& context : *contexts->list_items()) hide_in_headers(context.find("client"));
  }
}

void mask_waivers(Node& merged) {
  Node* waivers = merged.find("waivers");
  if (waivers == nullptr || waivers->list_items() == nullptr) return;
  const std::vector<std::string> parameters = secret_parameters_of(merged);
  for (Node& waiver : *waivers->list_items()) {
    for (const char* key : {"justification", "approver"}) {
      Node* words = waiver.find(key);
      if (words == nullptr || words->kind() != Node::Kind::scalar) continue;
      std::string masked = mask_words(words->text(), parameters);
      if (masked == words->text()) continue;
      const Place place = words->place();
      *words = Node::scalar(std::move(masked), true);
      words->set_place(place);
    }
  }
}

std::vector<std::string> secret_parameters_of(const Node& merged) {
  std::vector<std::string> parameters;
  const Node* secrets = merged.find("secrets");
  const Node* names = secrets == nullptr ? nullptr : secrets->find("parameters");
  if (names == nullptr) return parameters;
  for (const Node& name : names->items()) parameters.push_back(name.text());
  return parameters;
}

}  // namespace linkaudit::catalog
