#include "audit/query/cover.h"

#include <set>

#include "audit/law/calendar.h"
#include "audit/query/totals.h"
#include "audit/query/values.h"
#include "audit/query/waivers_in_words.h"

namespace linkaudit::query {
namespace {

using reports::CoverBlock;
using reports::Headline;
using reports::Tone;

CoverBlock scope_block(const Reader& reader, const CoverFacts& facts) {
  const View& view = facts.view;
  std::set<std::string> hosts;
  std::size_t contexts = 0, links = 0;
  for (const auto& host : reader.catalog.hosts) contexts += host.contexts.size();
  for (const auto& platform : reader.catalog.platforms) links += platform.links.size();
  const std::string instant = day_in_words(reader, view.horizon.as_of);
  const std::string since = facts.since ? day_in_words(reader, *facts.since) : std::string();
  return {heading_of(reader, "cover.scope"),
          {{heading_of(reader, "cover.as_of"), instant + " (" + reader.catalog.zone + ")"},
           {heading_of(reader, "cover.period"), since.empty() ? word_of(reader, "changes.no_earlier")
                                                              : formatted(reader, "cover.period.text", since, instant)},
           {heading_of(reader, "cover.covers"), formatted(reader, "cover.covers.text", reader.catalog.hosts.size(),
                                                          contexts, reader.catalog.platforms.size(), links)},
           {word_of(reader, "cover.vantage"),
            reader.catalog.vantage_id + " (" + in(reader.language, reader.catalog.vantage_name) + ")"}}};
}

CoverBlock rules_block(const Reader& reader) {
  CoverBlock block{heading_of(reader, "cover.rules"), {}};
  for (const law::Obligation& each : reader.catalog.obligations) {
    const std::string heading =
        formatted(reader, "cover.rule.heading", in(reader.language, each.title), in(reader.language, each.authority),
                  law::format_date(each.effective), label(reader.language, each.standing));
    std::string said = in(reader.language, each.text) + "\n" +
                       formatted(reader, "cover.rule.source", in(reader.language, each.source));
    if (!each.clause.empty()) said += "\n" + formatted(reader, "cover.rule.clause", each.clause);
    block.lines.emplace_back(heading, std::move(said));
  }
  return block;
}

CoverBlock accounting_block(const Reader& reader, const CoverFacts& facts) {
  CoverBlock block{heading_of(reader, "cover.accounting"),
                   {{heading_of(reader, "cover.accounting.probes"), accounting_in_words(reader, facts.accounting)}}};
  if (facts.of_period != nullptr) {
    block.lines.emplace_back(heading_of(reader, "cover.accounting.period"),
                             accounting_in_words(reader, *facts.of_period));
  }
  block.lines.emplace_back(heading_of(reader, "cover.accounting.attestations"),
                           formatted(reader, "accounting.attestations", facts.accounting.attestations));
  if (facts.accounting.withdrawn > 0) {
    block.lines.emplace_back(heading_of(reader, "cover.accounting.withdrawn"),
                             formatted(reader, "accounting.withdrawn", facts.accounting.withdrawn));
  }
  block.summary = true;
  return block;
}

CoverBlock waivers_block(const Reader& reader, const View& view) {
  return {heading_of(reader, "cover.waivers"), waivers_in_words(reader, view)};
}

CoverBlock reading_block(const Reader& reader) {
  CoverBlock block{heading_of(reader, "cover.reading"), {}};
  for (const char* key : {"status", "tier", "soft", "stale", "blame"}) {
    block.lines.emplace_back(heading_of(reader, std::string("cover.reading.") + key),
                             word_of(reader, std::string("cover.reading.") + key + ".text"));
  }
  return block;
}

}  // namespace

std::string accounting_in_words(const Reader& reader, const Accounting& accounting) {
  std::vector<std::string> gaps;
  for (const auto& [reason, count] : accounting.gaps) {
    gaps.push_back(word_of(reader, "gap." + reason) + ": " + std::to_string(count));
  }
  std::string sentence =
      formatted(reader, "accounting.sentence", accounting.planned, accounting.observed, accounting.gaps_in_all());
  if (gaps.empty()) return sentence;
  return sentence + " " + formatted(reader, "accounting.gaps", joined(gaps, word_of(reader, "list.separator")));
}

std::string horizon_in_words(const Reader& reader, const log::Horizon& horizon) {
  const std::string instant = law::format_instant(horizon.as_of, reader.catalog.zone);
  if (!horizon.known_entry) return formatted(reader, "report.subtitle", instant, reader.catalog.zone);
  return formatted(reader, "report.subtitle.known", instant, reader.catalog.zone, *horizon.known_entry);
}

// Shares are of the findings of clauses in force: the denominator never shrinks silently.
std::vector<Headline> headlines(const Reader& reader, const CoverFacts& facts) {
  const Totals totals = totals_of(facts.view.findings);
  const auto tile = [&](const char* key, law::Status status, Tone tone) {
    const std::int64_t counted = totals.of(status);
    return Headline{heading_of(reader, "status." + std::string(name(status))),
                    formatted(reader, "headline.share", counted, totals.in_force), word_of(reader, key),
                    counted == 0 ? Tone::muted : tone};
  };
  std::int64_t looked_at = 0;
  for (const law::MatrixCell& cell : facts.view.matrix) looked_at += cell.measured > 0 ? 1 : 0;
  Headline breached = tile("headline.breached", law::Status::breached, Tone::bad);
  breached.detail = formatted(reader, "headline.breached", totals.confirmed, totals.of(law::Status::breached));
  return {breached,
          tile("headline.met", law::Status::met, Tone::good),
          tile("headline.undetermined", law::Status::undetermined, Tone::unknown),
          tile("headline.exempt", law::Status::exempt, Tone::notice),
          {heading_of(reader, "headline.looked_at"),
           formatted(reader, "headline.share", looked_at, facts.view.matrix.size()),
           word_of(reader, "headline.looked_at.text"), Tone::notice}};
}

std::vector<CoverBlock> cover_blocks(const Reader& reader, const CoverFacts& facts) {
  std::vector<CoverBlock> blocks = {scope_block(reader, facts)};
  blocks.push_back(accounting_block(reader, facts));
  if (!facts.view.waivers.empty()) blocks.push_back(waivers_block(reader, facts.view));
  blocks.push_back(rules_block(reader));
  blocks.push_back(reading_block(reader));
  blocks.push_back({heading_of(reader, "cover.custody"),
                    {{heading_of(reader, "cover.custody.size"), std::to_string(facts.tree_size)},
                     {heading_of(reader, "cover.custody.root"), facts.root},
                     {heading_of(reader, "cover.custody.catalog"), reader.catalog.version},
                     {heading_of(reader, "cover.custody.verify"), word_of(reader, "cover.custody.verify.text")}}});
  return blocks;
}

}  // namespace linkaudit::query
