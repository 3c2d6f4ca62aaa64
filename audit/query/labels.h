// How the auditor's vocabularies are shown: a label in the reader's language, a symbol and a tone.
#pragma once

#include <optional>
#include <string>

#include "audit/catalog/catalog.h"
#include "audit/law/judge.h"
#include "reports/report.h"

namespace linkaudit::query {

using reports::Language;

std::string_view code(Language language);  // "en", "zh"
const std::string& in(Language language, const law::Bilingual& text);

reports::Badge badge(Language language, probes::Outcome outcome);
reports::Badge badge(Language language, law::Status status);
reports::Badge not_looked_at(Language language);

std::string label(Language language, probes::Tier tier);
std::string label(Language language, probes::Blame blame);
std::string label(Language language, probes::Presentation presentation);
std::string label(Language language, law::Confidence confidence);
std::string label(Language language, law::Standing standing);
std::string tier_mark(probes::Tier tier);  // "A" in the app, "G" gateway, "T" target

// Names from the catalog; the id itself for what it does not hold (any more).
std::string platform_name(const catalog::Catalog& catalog, Language language, const std::string& platform);
std::string context_name(const catalog::Catalog& catalog, Language language, const std::string& context);
std::string host_name(const catalog::Catalog& catalog, Language language, const std::string& host);
std::string obligation_title(const catalog::Catalog& catalog, Language language, const std::string& obligation);

}  // namespace linkaudit::query
