#include <algorithm>
#include <stdexcept>

#include "audit/catalog/credentials.h"
#include "audit/catalog/decode.h"
#include "probes/fetch/address.h"
#include "probes/fetch/ca_file.h"
#include "probes/fetch/connect_to.h"
#include "probes/fetch/credential_fields.h"
#include "probes/fetch/proxy.h"

namespace linkaudit::catalog {
namespace {

// As the fetching side reads it.
bool is_connect_to(const std::string& rule) {
  try {
    const probes::ConnectTo parsed(std::span(&rule, 1));
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

void decode_network(const Node& node, probes::NetworkSettings& network, Problems& problems) {
  Fields fields(node, "network", problems);
  network.timeout_s = fields.number("timeout_s", 1, 600, network.timeout_s);
  network.max_redirects = fields.number("max_redirects", 0, 50, network.max_redirects);
  network.max_body_kib = fields.number("max_body_kib", 1, 65536, network.max_body_kib);
  network.concurrency = fields.number("concurrency", 1, 1024, network.concurrency);
  network.attempts = fields.number("attempts", 1, 10, network.attempts);
  network.budget_s = fields.number("budget_s", 0, 86400, network.budget_s);
  if (const Node* per_host = fields.node("per_host")) {
    Fields each(*per_host, "network.per_host", problems);
    network.per_host_concurrency = each.number("concurrency", 1, 64, network.per_host_concurrency);
    network.per_host_rate_per_s = each.decimal("rate_per_s", 0.001, 100000, network.per_host_rate_per_s);
    each.finish();
  }
  network.canaries = fields.texts("canaries");
  for (const std::string& url : network.canaries) check_url(fields, "canaries", url);
  network.allow_private = fields.texts("allow_private");
  for (const std::string& cidr : network.allow_private) {
    if (!probes::parse_block(cidr))
      fields.problem("allow_private", "\"" + cidr + "\" is no address block; valid is 10.0.0.0/8 or fd00::/8");
  }
  network.connect_to = fields.texts("connect_to");
  for (const std::string& rule : network.connect_to) {
    if (!is_connect_to(rule)) {
      // What stands before an @ may be a password that was meant for `proxy`.
      const std::size_t at = rule.rfind('@');
      const std::string shown = at == std::string::npos ? rule : "***" + rule.substr(at);
      fields.problem("connect_to", "\"" + shown + "\" is not valid; valid is HOST1:PORT1:HOST2:PORT2");
    }
  }
  network.ca_file = fields.text("ca_file");
  if (problems.purpose() == Purpose::probing && !network.ca_file.empty()) {
    if (const std::string wrong = probes::fault_of_ca_file(network.ca_file); !wrong.empty()) {
      fields.problem("ca_file", "\"" + network.ca_file + "\" " + wrong + "; valid is a file of certificates in PEM");
    }
  }
  network.proxy = fields.text("proxy");
  if (!network.proxy.empty() && problems.purpose() != Purpose::recalling) {  // not shown: it may hold a password
    if (const auto proxy = probes::parse_proxy(network.proxy); !proxy) fields.problem("proxy", proxy.error());
  }
  fields.finish();
}

void decode_judgement(const Node& node, Catalog& catalog, Problems& problems) {
  Fields fields(node, "judgement", problems);
  if (const Node* ttl = fields.node("ttl_days")) {
    Fields each(*ttl, "judgement.ttl_days", problems);
    catalog.judgement.ttl_days_probe = each.number("probe", 1, 3660, catalog.judgement.ttl_days_probe);
    catalog.judgement.ttl_days_attestation =
        each.number("attestation", 1, 3660, catalog.judgement.ttl_days_attestation);
    each.finish();
  }
  catalog.judgement.dispute_days = fields.number("dispute_days", 0, 3660, catalog.judgement.dispute_days);
  catalog.repeats = fields.number("repeats", 1, 10, catalog.repeats);
  catalog.repeat_after_s = fields.number("repeat_after_s", 0, 3600, catalog.repeat_after_s);
  fields.finish();
}

void decode_evidence(const Node& node, Catalog& catalog, Problems& problems) {
  Fields fields(node, "evidence", problems);
  catalog.evidence_keep = fields.one_of("keep", {"changes", "all", "none"}, catalog.evidence_keep);
  catalog.retention_days = fields.number("retention_days", 1, 36600, catalog.retention_days);
  fields.finish();
}

}  // namespace

probes::Client client_of(const Node* node, const std::string& where, Problems& problems, probes::Client otherwise) {
  if (node == nullptr) return otherwise;
  Fields fields(*node, where, problems);
  probes::Client client;
  client.user_agent = fields.required("user_agent");
  if (const Node* headers = fields.node("headers"); headers != nullptr && headers->kind() != Node::Kind::null) {
    if (headers->kind() != Node::Kind::map) fields.problem("headers", "must be a map of names and values");
    for (const auto& [name, value] : headers->fields()) {
      const bool token = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
      });
      if (!token || value.kind() != Node::Kind::scalar || value.text().find_first_of("\r\n") != std::string::npos) {
        problems.add(value.place(), where + ".headers." + name + ": is no header; valid is Name: value on one line");
      }
      const bool hidden = probes::is_credential_field(name) && value.text() == kHidden;
      if (hidden && problems.purpose() != Purpose::recalling) {
        problems.add(value.place(), where + ".headers." + name + ": is hidden here; write it, or leave it out");
      }
      client.headers.emplace_back(name, value.text());
    }
  }
  fields.finish();
  return client;
}

void decode_settings(Fields& top, Catalog& catalog) {
  Problems& problems = top.problems();
  if (const Node* version = top.node("version")) {
    if (version->text() != "1") top.problem("version", "\"" + version->text() + "\" is not valid; valid is 1");
  }
  if (const Node* node = top.node("network")) decode_network(*node, catalog.network, problems);
  if (const Node* node = top.node("judgement")) decode_judgement(*node, catalog, problems);
  if (const Node* node = top.node("evidence")) decode_evidence(*node, catalog, problems);
  if (const Node* node = top.node("secrets")) {
    Fields fields(*node, "secrets", problems);
    catalog.secret_parameters = fields.texts("parameters");
    fields.finish();
  }
  if (const Node* node = top.node("vantage")) {
    Fields fields(*node, "vantage", problems);
    catalog.vantage_id = fields.required("id");
    catalog.vantage_name = fields.bilingual("name", false);
    catalog.simulated = fields.flag("simulated", false);
    fields.finish();
  }
  catalog.zone = zone_of(top, "zone", catalog.zone);
  catalog.control_client = client_of(top.node("control_client"), "control_client", problems, {});
}

}  // namespace linkaudit::catalog
