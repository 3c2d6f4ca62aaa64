#include "audit/cli/ledger.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/bundle/archive.h"
#include "audit/bundle/bundle.h"
#include "audit/cli/commands.h"
#include "audit/cli/custody.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/log/checkpoint_file.h"
#include "audit/log/key_file.h"
#include "audit/log/log_proofs.h"
#include "audit/log/timestamp.h"

namespace linkaudit::cli {
namespace {

constexpr std::size_t kMostCheckpointBytes = 256U << 20U, kMostBundleBytes = 1024U << 20U;

struct VerifyOptions {
  std::string checkpoints, public_key, bundle, certificates;
};

// What was checked, and what could not be.
struct Verified {
  std::optional<std::string> misfit;
  std::int64_t entries = 0, signed_entries = 0;
  std::string root;
  std::size_t kept = 0;              // checkpoints in the database
  std::optional<std::size_t> filed;  // in the file; nothing: there is no file
  bool keys = false;
  std::size_t stamps = 0;               // time-stamps of checkpoints
  std::optional<log::Instant> stamped;  // the newest, as the authority says
};

// The log's time-stamps against its checkpoints; the first misfit.
std::optional<std::string> check_stamps(const log::Log& log, const std::vector<log::KeptCheckpoint>& kept,
                                        const std::string& certificates, Verified& result) {
  for (const log::KeptTimestamp& stamp : log::timestamps(log)) {
    const std::string which = log.path() + ": time-stamp " + std::to_string(stamp.number);
    if (stamp.checkpoint < 1 || stamp.checkpoint > static_cast<std::int64_t>(kept.size())) {
      return which + " is of a checkpoint that is not there";
    }
    const std::string& note = kept[static_cast<std::size_t>(stamp.checkpoint - 1)].note;
    const log::TimestampCheck checked = log::check_timestamp(stamp.request, stamp.reply, note, certificates);
    if (!checked.problem.empty()) return which + " " + checked.problem;
    ++result.stamps;
    result.stamped = checked.at;
  }
  return std::nullopt;
}

Verified look_at(const Session& session, const VerifyOptions& options) {
  const log::Log log = session.read_log();
  Verified result;
  const std::vector<log::PublicKey> keys = trusted_keys(session, log.path(), options.public_key);
  const std::string file = options.checkpoints.empty() ? log::checkpoint_file_of(log.path()) : options.checkpoints;
  std::vector<std::string> notes;
  if (!options.checkpoints.empty() || std::filesystem::exists(file)) {
    notes = log::notes_in(read_file(file, kMostCheckpointBytes) + '\n');  // a note by itself lacks the empty line
    if (notes.empty() && !options.checkpoints.empty()) throw Refused(file + ": holds no checkpoint");
    result.filed = notes.size();
  }
  const auto kept = log::checkpoints(log);
  result.kept = kept.size();
  result.keys = !keys.empty();
  result.misfit = log.verify();
  if (!result.misfit && result.keys) {
    result.misfit = log::verify_checkpoints(log, keys, notes);
    if (result.misfit) *result.misfit = log.path() + ": " + *result.misfit;
    for (const log::KeptCheckpoint& each : kept) result.signed_entries = std::max(result.signed_entries, each.size);
  }
  if (!result.misfit) result.misfit = check_stamps(log, kept, options.certificates, result);
  result.entries = log.size();
  result.root = log::to_hex(log.root());
  return result;
}

void print_words(Session& session, const Verified& result, bool authority_checked) {
  const auto say = [&](const char* key, auto... values) {
    session.out << fmt::format(fmt::runtime(session.word(key)), values...) << '\n';
  };
  if (result.misfit) {
    session.out << session.word("ledger.misfit") << *result.misfit << '\n';
    return;
  }
  say("ledger.verified", result.entries, result.root);
  if (result.stamps > 0) {
    say("ledger.stamps", result.stamps, result.stamped ? law::format_instant(*result.stamped, "UTC") : "-");
    if (!authority_checked) say("ledger.stamps_unchecked");
  }
  if (!result.keys) return say("ledger.no_key");
  say("ledger.checkpoints", result.kept, result.filed.value_or(0), result.signed_entries);
  if (result.signed_entries < result.entries) say("ledger.unsigned", result.signed_entries + 1, result.entries);
  if (!result.filed) say("ledger.no_file");
}

void verify_a_bundle(Session& session, const VerifyOptions& options) {
  const auto trusted =
      options.public_key.empty() ? std::vector<log::PublicKey>() : log::read_public_keys(options.public_key);
  bundle::BundleCheck found;
  try {
    found = bundle::verify_bundle(read_file(options.bundle, kMostBundleBytes), trusted);
  } catch (const bundle::Unreadable& error) {
    found.misfit = error.what();
  }
  if (found.misfit) session.exit = kUnverified;
  if (session.format() != Format::text) {
    nlohmann::json document = {{"verified", !found.misfit},
                               {"entries", found.entries},
                               {"size", found.size},
                               {"signer", found.signer},
                               {"without_evidence", found.without_evidence}};
    if (found.misfit) document["misfit"] = *found.misfit;
    session.out << document.dump() << '\n';
  } else if (found.misfit) {
    session.out << session.word("ledger.misfit") << options.bundle << ": " << *found.misfit << '\n';
  } else {
    session.out << fmt::format(fmt::runtime(session.word("ledger.bundle")), found.entries, found.size, found.signer)
                << '\n';
    if (trusted.empty()) session.out << session.word("ledger.bundle_own_key") << '\n';
  }
}

void verify(Session& session, const VerifyOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  if (!options.bundle.empty()) return verify_a_bundle(session, options);
  const Verified result = look_at(session, options);
  if (result.misfit) session.exit = kUnverified;
  if (session.format() == Format::text) return print_words(session, result, !options.certificates.empty());
  nlohmann::json document = {{"verified", !result.misfit}, {"entries", result.entries}, {"root", result.root}};
  document["checkpoints"] = {{"checked", result.keys},
                             {"database", result.kept},
                             {"file", result.filed ? nlohmann::json(*result.filed) : nlohmann::json()},
                             {"signed_entries", result.signed_entries}};
  document["timestamps"] = {
      {"kept", result.stamps},
      {"newest", result.stamped ? nlohmann::json(law::format_instant(*result.stamped, "UTC")) : nlohmann::json()},
      {"authority_checked", !options.certificates.empty() && result.stamps > 0}};
  if (result.misfit) document["misfit"] = *result.misfit;
  session.out << document.dump() << '\n';
}

}  // namespace

void add_ledger(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("ledger", "Custody of the log");
  command->require_subcommand(1);
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* verifying =
      command->add_subcommand("verify", "Recompute every hash of the log and of its tree; check its checkpoints");
  verifying->add_option("--checkpoints", options->checkpoints, "Checkpoints kept elsewhere")->type_name("FILE");
  verifying->add_option("--public-key", options->public_key, "Public keys to trust, a line each")->type_name("FILE");
  verifying->add_option("--tsa-ca", options->certificates, "Certificates that must stand behind time-stamps")
      ->type_name("FILE");
  verifying->add_option("--bundle", options->bundle, "A bundle, instead of the database")
      ->type_name("FILE")
      ->excludes("--checkpoints");
  verifying->callback([options, &session] { verify(session, *options); });
  add_ledger_bundle(*command, session);
  add_ledger_checkpoint(*command, session);
  add_ledger_proof(*command, session);
  add_ledger_timestamp(*command, session);
}

}  // namespace linkaudit::cli
