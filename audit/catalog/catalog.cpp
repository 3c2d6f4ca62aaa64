#include "audit/catalog/catalog.h"

#include <algorithm>

namespace linkaudit::catalog {
namespace {

template <typename Items>
auto find_by_id(const Items& items, const std::string& id) -> decltype(items.data()) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

std::string before_slash(const std::string& id) {
  return id.substr(0, id.find('/'));
}

template <typename Value>
bool wanted(const std::vector<Value>& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

bool named(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

const Host* find_host(const Catalog& catalog, const std::string& id) {
  return find_by_id(catalog.hosts, id);
}
const Platform* find_platform(const Catalog& catalog, const std::string& id) {
  return find_by_id(catalog.platforms, id);
}

const ReportLayout* find_report(const Catalog& catalog, const std::string& id) {
  return find_by_id(catalog.reports, id);
}

const HostContext* find_context(const Catalog& catalog, const std::string& id) {
  const Host* host = find_host(catalog, before_slash(id));
  return host == nullptr ? nullptr : find_by_id(host->contexts, id);
}

const probes::Link* find_link(const Catalog& catalog, const std::string& id) {
  const Platform* platform = find_platform(catalog, before_slash(id));
  return platform == nullptr ? nullptr : find_by_id(platform->links, id);
}

law::Policy policy_of(const Catalog& catalog) {
  law::Policy policy;
  for (const Host& host : catalog.hosts) {
    for (const HostContext& context : host.contexts) {
      policy.contexts.push_back({context.id, host.id, context.kind, host.operator_name.en,
                                 context.gateway.has_value() && !context.own_gateway});
    }
  }
  for (const Platform& platform : catalog.platforms) {
    law::JudgedPlatform& judged = policy.platforms.emplace_back();
    judged.id = platform.id;
    judged.category = platform.category;
    judged.operator_id = platform.operator_name.en;
    judged.links.reserve(platform.links.size());
    judged.kinds.reserve(platform.links.size());
    for (const probes::Link& link : platform.links) {
      judged.links.push_back(link.id);
      judged.kinds.push_back(link.kind);
    }
  }
  policy.obligations = catalog.obligations;
  policy.waivers = catalog.waivers;
  policy.settings = catalog.judgement;
  return policy;
}

probes::Knowledge knowledge_of(const Catalog& catalog) {
  probes::Knowledge knowledge;
  for (const Host& host : catalog.hosts) knowledge.hosts.push_back({host.id, host.domains});
  for (const Platform& platform : catalog.platforms) {
    knowledge.platforms.push_back({platform.id, platform.domains, platform.shapes, platform.markers});
  }
  knowledge.rules = catalog.rules;
  return knowledge;
}

probes::ProberSettings prober_settings_of(const Catalog& catalog) {
  probes::ProberSettings settings;
  settings.network = catalog.network;
  settings.knowledge = knowledge_of(catalog);
  settings.control_client = catalog.control_client;
  settings.repeats = catalog.repeats;
  settings.repeat_after_s = catalog.repeat_after_s;
  settings.vantage = catalog.vantage_id;
  settings.simulated = catalog.simulated;
  return settings;
}

std::vector<probes::Target> select(const Catalog& catalog, const Selection& selection) {
  std::vector<probes::Target> targets;
  for (const Platform& platform : catalog.platforms) {
    if (!wanted(selection.platforms, platform.id) || !wanted(selection.categories, platform.category)) continue;
    for (const probes::Link& link : platform.links) {
      if (!wanted(selection.links, link.id)) continue;
      const bool link_named = named(selection.platforms, platform.id) || named(selection.links, link.id);
      for (const Host& host : catalog.hosts) {
        const bool own = host.operator_name.en == platform.operator_name.en;
        if (!wanted(selection.hosts, host.id) || (own && !link_named)) continue;
        for (const HostContext& context : host.contexts) {
          if (!wanted(selection.contexts, context.id) || !wanted(selection.kinds, context.kind)) continue;
          if (!wanted(selection.tiers, context.gateway ? probes::Tier::gateway : probes::Tier::target)) continue;
          targets.push_back({&link, &context});
        }
      }
    }
  }
  return targets;
}

}  // namespace linkaudit::catalog
