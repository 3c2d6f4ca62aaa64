#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/ledger.h"
#include "audit/cli/session.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/log_proofs.h"

namespace linkaudit::cli {
namespace {

struct ProofOptions {
  std::int64_t entry = 0, size = 0, old_size = 0, new_size = 0;
};

nlohmann::json hashes_of(const log::Proof& proof) {
  nlohmann::json hashes = nlohmann::json::array();
  for (const log::Digest& hash : proof) hashes.push_back(log::to_hex(hash));
  return hashes;
}

void require_size(const log::Log& log, const std::string& what, std::int64_t size) {
  if (size <= log.size()) return;
  throw Refused(what + ": " + std::to_string(size) + " is beyond the end; the log has " + std::to_string(log.size()) +
                " entries");
}

void print_text(Session& session, const nlohmann::json& document) {
  for (const auto& [key, value] : document.items()) {
    if (value.is_array()) {
      for (const auto& hash : value) session.out << key << ' ' << hash.get<std::string>() << '\n';
    } else if (value.is_string()) {
      session.out << key << ' ' << value.get<std::string>() << '\n';
    } else {
      session.out << key << ' ' << value.dump() << '\n';
    }
  }
}

void print(Session& session, const nlohmann::json& document) {
  if (session.format() == Format::text) return print_text(session, document);
  session.out << document.dump() << '\n';
}

// Towards the checkpoint that was signed first over it, so that the proof stays the same as the log grows.
void prove_entry(Session& session, const ProofOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const log::Log log = session.read_log();
  require_size(log, "ENTRY", options.entry);
  const auto kept = options.size == 0 ? log::checkpoint_over(log, options.entry) : std::nullopt;
  const std::int64_t size = kept ? kept->size : options.size == 0 ? log.size() : options.size;
  require_size(log, "--size", size);
  if (size < options.entry) throw Refused("--size: a tree of " + std::to_string(size) + " does not hold this entry");
  nlohmann::json document = {{"entry", options.entry},
                             {"index", options.entry - 1},
                             {"size", size},
                             {"leaf", log::to_hex(log.entry(options.entry)->leaf)},
                             {"root", log::to_hex(log.root_at(size))},
                             {"hash", hashes_of(log::prove_entry(log, options.entry, size))}};
  if (kept && session.format() != Format::text) document["checkpoint"] = kept->note;
  print(session, document);
  if (kept && session.format() == Format::text) session.out << '\n' << kept->note;
}

void prove_growth(Session& session, const ProofOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const log::Log log = session.read_log();
  require_size(log, "NEW", options.new_size);
  if (options.old_size > options.new_size) throw Refused("OLD: is larger than NEW");
  print(session, {{"old_size", options.old_size},
                  {"old_root", log::to_hex(log.root_at(options.old_size))},
                  {"size", options.new_size},
                  {"root", log::to_hex(log.root_at(options.new_size))},
                  {"hash", hashes_of(log::prove_growth(log, options.old_size, options.new_size))}});
}

CLI::Range sizes(std::int64_t from) {
  return {from, std::int64_t{1'000'000'000'000}};
}

}  // namespace

void add_ledger_proof(CLI::App& ledger, Session& session) {
  auto options = std::make_shared<ProofOptions>();
  CLI::App* proof = ledger.add_subcommand("proof", "That an entry is in the tree, by RFC 6962");
  proof->add_option("ENTRY", options->entry, "Number of the entry")->required()->check(sizes(1));
  proof->add_option("--size", options->size, "Size of the tree; else that of the first checkpoint over the entry")
      ->check(sizes(1))
      ->type_name("N");
  proof->callback([options, &session] { prove_entry(session, *options); });
  CLI::App* growth = ledger.add_subcommand("consistency", "That one tree begins another, by RFC 6962");
  growth->add_option("OLD", options->old_size, "Size of the smaller tree")->required()->check(sizes(0));
  growth->add_option("NEW", options->new_size, "Size of the larger tree")->required()->check(sizes(0));
  growth->callback([options, &session] { prove_growth(session, *options); });
}

}  // namespace linkaudit::cli
