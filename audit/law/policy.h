// The law as data: what is judged, by which clauses, with which waivers and settings. Plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "probes/outcome.h"

namespace linkaudit::law {

struct Bilingual {
  std::string en, zh;

  bool operator==(const Bilingual&) const = default;
};

// A calendar date, YYYY-MM-DD. It begins at 00:00 of the zone that stands beside it.
struct Date {
  int year = 0, month = 0, day = 0;

  auto operator<=>(const Date&) const = default;
};

// Each list that is not empty must hold the cell's value; lists are or-ed within, and-ed between.
struct ScopeTerms {
  std::vector<std::string> hosts, contexts, kinds, platforms, categories, links;

  bool empty() const {
    return hosts.empty() && contexts.empty() && kinds.empty() && platforms.empty() && categories.empty() &&
           links.empty();
  }
  bool operator==(const ScopeTerms&) const = default;
};

struct Scope {
  ScopeTerms terms;
  ScopeTerms except;  // empty: nothing is excepted

  bool operator==(const Scope&) const = default;
};

enum class Standing { mandatory, trial, reported };
enum class ParityOver { outcome, presentation, steps };

struct Requires {
  std::vector<probes::Outcome> outcomes;  // accepted; empty: any that opens
  std::optional<int> max_steps;
  std::vector<ParityOver> parity;

  bool operator==(const Requires&) const = default;
};

struct Obligation {
  std::string id;
  Bilingual authority, title, text, source;
  std::string clause;
  Date effective;
  std::optional<Date> until;  // exclusive
  std::string zone;           // IANA name
  Standing standing = Standing::mandatory;
  Scope scope;
  Requires requires_;
  bool binds_host = true;
  bool binds_platform = false;
  probes::Tier tier = probes::Tier::in_app;

  bool operator==(const Obligation&) const = default;
};

struct Waiver {
  std::string id;
  Scope scope;
  std::string justification, approver;
  Date from, expires;  // bites again at 00:00 of `expires`
  std::string zone;
  std::vector<std::string> obligations = {};  // that it exempts from; empty: from all

  bool operator==(const Waiver&) const = default;
};

struct JudgementSettings {
  int ttl_days_probe = 7;
  int ttl_days_attestation = 31;
  int dispute_days = 7;

  bool operator==(const JudgementSettings&) const = default;
};

struct JudgedContext {
  std::string id, host, kind, operator_id;
  bool shared_gateway = false;  // its gateway is one for the whole host app, and speaks for no single context

  bool operator==(const JudgedContext&) const = default;
};

struct JudgedPlatform {
  std::string id, category, operator_id;
  std::vector<std::string> links;  // ids, "taobao/item"
  std::vector<std::string> kinds = {};  // of the links, in their order, as far as they are known

  // "" where it is not known. `link` is a place in `links`.
  std::string kind_of(std::size_t link) const { return link < kinds.size() ? kinds[link] : std::string(); }
  bool operator==(const JudgedPlatform&) const = default;
};

struct Policy {
  std::vector<JudgedContext> contexts;
  std::vector<JudgedPlatform> platforms;
  std::vector<Obligation> obligations;
  std::vector<Waiver> waivers;
  JudgementSettings settings;

  bool operator==(const Policy&) const = default;
};

}  // namespace linkaudit::law
