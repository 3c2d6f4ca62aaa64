#include "audit/catalog/decode.h"

namespace linkaudit::catalog {
namespace {

// The place of the link must lie behind the host: another host for each link would be no gateway.
void check_template(Fields& fields, const std::string& url) {
  if (url.empty()) return;
  const std::size_t place = url.find("{url}"), scheme = url.find("://");
  if (place == std::string::npos) return fields.problem("url", "has no {url}; valid is https://.../?url={url}");
  const std::size_t path = url.find_first_of("/?", scheme == std::string::npos ? 0 : scheme + 3);
  if (place < path) return fields.problem("url", "has {url} in its host; valid is https://.../?url={url}");
  check_url(fields, "url", url);
}

std::optional<probes::Gateway> gateway_of(const Node* node, const std::string& where, Problems& problems,
                                          const std::optional<probes::Gateway>& otherwise) {
  if (node == nullptr) return otherwise;
  if (node->kind() == Node::Kind::null) return std::nullopt;
  Fields fields(*node, where, problems);
  probes::Gateway gateway;
  gateway.url = fields.required("url");
  gateway.control = fields.text("control");
  check_template(fields, gateway.url);
  check_url(fields, "control", gateway.control);
  fields.finish();
  return gateway;
}

}  // namespace

void decode_hosts(const Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "hosts", problems)) {
    const std::string where = "hosts." + std::string(item.id);
    Fields fields(*item.node, where, problems);
    Host host;
    host.id = fields.required("id");
    fields.flag("enabled", true);
    host.name = fields.bilingual("name", true);
    host.operator_name = fields.bilingual("operator", true);
    host.domains = required_texts(fields, "domains");
    check_domains(fields, "domains", host.domains);
    const probes::Client client = client_of(fields.node("client"), where + ".client", problems, {});
    const auto gateway = gateway_of(fields.node("gateway"), where + ".gateway", problems, std::nullopt);
    for (const Identified& inner : identified(fields.node("contexts"), where + ".contexts", problems)) {
      const std::string inside = where + ".contexts." + std::string(inner.id);
      Fields each(*inner.node, inside, problems);
      HostContext context;
      context.id = host.id + "/" + each.required("id");
      context.host = host.id;
      each.flag("enabled", true);
      context.name = each.bilingual("name", true);
      context.kind = each.one_of("kind", context_kinds(), "");
      if (each.node("kind") == nullptr) problems.add(each.place(), inside + ": kind is missing");
      context.client = client_of(each.node("client"), inside + ".client", problems, client);
      context.own_gateway = each.node("gateway") != nullptr;
      context.gateway = gateway_of(each.node("gateway"), inside + ".gateway", problems, gateway);
      each.finish();
      host.contexts.push_back(std::move(context));
    }
    fields.finish();
    catalog.hosts.push_back(std::move(host));
  }
}

}  // namespace linkaudit::catalog
