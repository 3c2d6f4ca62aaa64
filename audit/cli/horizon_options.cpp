#include "audit/cli/horizon_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "audit/query/view.h"

namespace linkaudit::cli {
namespace {

std::optional<std::int64_t> entry_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

void add_known_at(CLI::App& command, std::string& known_at) {
  command
      .add_option("--known-at", known_at,
                  "As the log knew it at this instant or date, or with its entries up to this one")
      ->type_name("TIME|ENTRY");
}

void add_horizon_options(CLI::App& command, HorizonOptions& options, const std::string& what) {
  command.add_option("--as-of", options.as_of, what)->type_name("TIME");
  add_known_at(command, options.known_at);
}

std::optional<std::int64_t> known_entry_of(const Session& session, const log::Log& log, const catalog::Catalog& catalog,
                                           const std::string& known_at) {
  if (known_at.empty()) return std::nullopt;
  const auto entry = entry_number(known_at);
  if (!entry) return log::newest_entry_at(log, session.instant("--known-at", known_at, catalog));
  const std::int64_t size = log.size();
  if (*entry < 0 || *entry > size) {
    throw Refused("--known-at: the log has no entry " + known_at + "; valid are 0 to " + std::to_string(size) +
                  ", an instant or a date");
  }
  return entry;
}

log::Horizon horizon_of(const Session& session, const log::Log& log, const catalog::Catalog& catalog,
                        const HorizonOptions& options) {
  return query::horizon_of(catalog, session.instant("--as-of", options.as_of, catalog),
                           known_entry_of(session, log, catalog, options.known_at));
}

}  // namespace linkaudit::cli
