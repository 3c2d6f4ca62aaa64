// From the merged tree to values, section by section; problems are collected, never thrown.
#pragma once

#include "audit/catalog/catalog.h"
#include "audit/catalog/fields.h"

namespace linkaudit::catalog {

void decode_settings(Fields& top, Catalog& catalog);  // network, judgement, evidence, vantage ...
void decode_hosts(const Node* list, Catalog& catalog, Problems& problems);
// Leaves nothing of the links in the list: there may be 100,000, and one of each is enough.
void decode_platforms(Node* list, Catalog& catalog, Problems& problems);
void decode_rules(const Node* list, Catalog& catalog, Problems& problems);
void decode_obligations(const Node* list, Catalog& catalog, Problems& problems);
void decode_waivers(const Node* list, Catalog& catalog, Problems& problems);
void decode_reports(const Node* list, Catalog& catalog, Problems& problems);
void decode_schedules(const Node* list, Catalog& catalog, Problems& problems);

// The ids of hosts, platforms ... in order.
template <typename Items>
std::vector<std::string> ids(const Items& items) {
  std::vector<std::string> all;
  for (const auto& item : items) all.push_back(item.id);
  return all;
}

// "a, b, c": all of a closed list.
std::string joined_ids(const std::vector<std::string>& valid);
// "a, b, c, ...": the first twelve, for messages.
std::string some_of(const std::vector<std::string>& valid);

// Small checks shared by the sections; each reports at the key.
void check_pattern(Fields& fields, const std::string& key, const std::string& pattern);
void check_reference(Fields& fields, const std::string& key, const std::string& id,
                     const std::vector<std::string>& valid, const std::string& what);
void check_url(Fields& fields, const std::string& key, const std::string& url);
// Whose pages are whose is decided by these: names in small ASCII letters, or addresses.
void check_domains(Fields& fields, const std::string& key, const std::vector<std::string>& domains);
// A list that must be there and name something.
std::vector<std::string> required_texts(Fields& fields, const std::string& key);
std::string zone_of(Fields& fields, const std::string& key, const std::string& otherwise);
law::Date date_of(Fields& fields, const std::string& key);
probes::Client client_of(const Node* node, const std::string& where, Problems& problems, probes::Client otherwise);
law::ScopeTerms terms_of(Fields& fields, const Catalog& catalog);
law::Scope scope_of(const Node* node, const std::string& where, const Catalog& catalog, Problems& problems);

// The kinds of context.
const std::vector<std::string>& context_kinds();

}  // namespace linkaudit::catalog
