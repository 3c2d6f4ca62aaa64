#include "audit/cli/ledger.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
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
#include "audit/log/damage.h"
#include "audit/log/key_file.h"
#include "audit/log/log_proofs.h"
#include "audit/log/timestamp.h"
#include "audit/log/verification.h"
#include "reports/text.h"

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
  log::EvidenceCount evidence;
  std::size_t kept = 0;              // checkpoints in the database
  std::optional<std::size_t> filed;  // in the file; nothing: there is no file
  std::size_t not_filed = 0;         // the newest, not in the file beside the database
  std::vector<log::LostKey> lost_keys;
  bool keys = false;
  std::int64_t stamps = 0;              // time-stamps of checkpoints
  std::optional<log::Instant> stamped;  // the newest, as the authority says
};

// The log's time-stamps against its checkpoints; the first misfit.
std::optional<std::string> check_stamps(const log::Log& log, const std::vector<log::KeptCheckpoint>& kept,
                                        const std::string& certificates, Verified& result) {
  std::int64_t number = 0;
  for (const log::KeptTimestamp& stamp : log::timestamps(log)) {
    const std::string which = log.path() + ": time-stamp " + std::to_string(++number);
    if (stamp.number != number) return which + " was deleted";
    if (stamp.checkpoint < 1 || stamp.checkpoint > static_cast<std::int64_t>(kept.size())) {
      return which + " is of a checkpoint that is not there";
    }
    const std::string& note = kept[static_cast<std::size_t>(stamp.checkpoint - 1)].note;
    const log::TimestampCheck checked = log::check_timestamp(stamp.request, stamp.reply, note, certificates);
    if (!checked.problem.empty()) return which + " " + checked.problem;
    if (!log::is_signed_timestamp(stamp.reply)) return which + " is not signed by the certificate in it";
    ++result.stamps;
    result.stamped = checked.at;
  }
  return std::nullopt;
}

// The notes of the file that was named, or of the one beside the database; nothing: there is none.
std::optional<std::vector<std::string>> notes_beside(const std::string& database, const VerifyOptions& options) {
  const std::string file = options.checkpoints.empty() ? log::checkpoint_file_of(database) : options.checkpoints;
  if (options.checkpoints.empty() && !std::filesystem::exists(file)) return std::nullopt;
  auto notes = log::notes_in(read_file(file, kMostCheckpointBytes) + '\n');  // a note by itself lacks the empty line
  if (notes.empty() && !options.checkpoints.empty()) throw Refused(file + ": holds no checkpoint");
  return notes;
}

// For who trusts too few: the file that has all; unless that is the one that was read.
std::string where_keys_are(const Session& session, const std::string& database, const VerifyOptions& options) {
  if (!options.public_key.empty()) return " (ledger checkpoint --public-key prints them)";
  return "; " + log::public_keys_of(key_file(session, database)) +
         " lacks some of them: put back the lines that were published of it";
}

void look_at(const Session& session, const VerifyOptions& options, Verified& result) {
  const log::Log log = session.read_log();
  const std::vector<log::PublicKey> keys = trusted_keys(session, log.path(), options.public_key);
  const auto notes = notes_beside(log.path(), options);
  if (notes) result.filed = notes->size();
  const auto kept = log::checkpoints(log);
  result.kept = kept.size();
  result.keys = !keys.empty();
  log::Verification found = log::verify_all(log);
  result.misfit = std::move(found.misfit);
  result.evidence = found.evidence;
  if (!result.misfit) {
    log::CheckpointCheck checked = log::verify_checkpoints(log, keys, notes.value_or(std::vector<std::string>()));
    if (checked.misfit) result.misfit = log.path() + ": " + *checked.misfit;
    if (checked.untrusted) *result.misfit += where_keys_are(session, log.path(), options);
    result.signed_entries = checked.signed_entries;
    result.lost_keys = std::move(checked.lost_keys);
  }
  if (!result.misfit && !result.keys && !options.checkpoints.empty()) {
    result.misfit = options.checkpoints +
                    ": sizes and roots fit, but there is no public key that tells who signed; "
                    "--public-key names a file with one";
  }
  if (!result.misfit && notes && options.checkpoints.empty()) {
    const std::string file = log::checkpoint_file_of(log.path());
    if (const auto missing = log::missing_in_file(kept, *notes)) result.misfit = file + ": " + *missing;
    result.not_filed = kept.size() - std::min(kept.size(), notes->size());
  }
  if (!result.misfit) result.misfit = check_stamps(log, kept, options.certificates, result);
  result.entries = log.size();
  result.root = log::to_hex(log.root());
}

// Where the file cannot even be read as a log, that is what does not verify.
Verified look_at(const Session& session, const VerifyOptions& options) {
  Verified result;
  try {
    look_at(session, options, result);
  } catch (const log::LogDamaged& error) {
    if (!result.misfit) result.misfit = error.what();
  } catch (const log::NotALog& error) {
    const auto notes = notes_beside(session.globals.database, options);
    if (!notes || notes->empty()) throw;  // the wrong file was named
    result.filed = notes->size();
    result.misfit = error.what() + std::string(", but there are checkpoints of one");
  }
  return result;
}

void print_stamps(Session& session, const char* word, std::int64_t count, const std::optional<log::Instant>& at,
                  const VerifyOptions& options) {
  if (count == 0) return;
  session.out << fmt::format(fmt::runtime(session.word(word)), count, at ? law::format_instant(*at, "UTC") : "-")
              << '\n';
  if (options.certificates.empty()) session.out << session.word("ledger.stamps_unchecked") << '\n';
}

nlohmann::json stamps_document(const char* which, std::int64_t count, const std::optional<log::Instant>& at,
                               const VerifyOptions& options) {
  return {{"kept", count},
          {which, at ? nlohmann::json(law::format_instant(*at, "UTC")) : nlohmann::json()},
          {"authority_checked", !options.certificates.empty() && count > 0}};
}

void print_words(Session& session, const Verified& result, const VerifyOptions& options) {
  const auto say = [&](const char* key, auto... values) {
    session.out << fmt::format(fmt::runtime(session.word(key)), values...) << '\n';
  };
  if (result.misfit) {
    session.out << session.word("ledger.misfit") << *result.misfit << '\n';
    if (result.signed_entries > 0) say("ledger.signed_to", result.signed_entries);
    return;
  }
  say("ledger.verified", result.entries, result.root);
  const log::EvidenceCount& evidence = result.evidence;
  if (evidence.kept + evidence.pruned + evidence.named > 0) {
    say("ledger.evidence", evidence.kept, evidence.pruned, evidence.absent, evidence.named);
  }
  print_stamps(session, "ledger.stamps", result.stamps, result.stamped, options);
  if (!result.keys) return say("ledger.no_key");
  say("ledger.checkpoints", result.kept, result.filed.value_or(0), result.signed_entries);
  for (const log::LostKey& each : result.lost_keys) say("ledger.key_lost", each.checkpoint, each.lost, each.entries);
  if (result.signed_entries < result.entries) say("ledger.unsigned", result.signed_entries + 1, result.entries);
  if (!result.filed) say("ledger.no_file");
  if (result.not_filed > 0) say("ledger.not_filed", result.not_filed);
}

void say_keys(Session& session, const bundle::BundleCheck& found) {
  for (const bundle::HandOver& each : found.hand_overs) {
    session.out << fmt::format(fmt::runtime(session.word("ledger.bundle_handed")), each.from, each.to, each.entries)
                << '\n';
  }
}

void say_status(Session& session, const bundle::BundleCheck& found) {
  session.out << fmt::format(fmt::runtime(session.word("ledger.bundle_finding")),
                             reports::plain_text(found.about, reports::Breaks::join),
                             session.word("status." + found.status))
              << '\n';
  if (found.without_evidence > 0) {
    session.out << fmt::format(fmt::runtime(session.word("ledger.bundle_not_kept")), found.without_evidence) << '\n';
  }
  if (found.simulated) session.out << session.word("ledger.bundle_simulated") << '\n';
}

void verify_a_bundle(Session& session, const VerifyOptions& options) {
  const auto trusted =
      options.public_key.empty() ? std::vector<log::PublicKey>() : log::read_public_keys(options.public_key);
  bundle::BundleCheck found;
  try {
    found = bundle::verify_bundle(read_file(options.bundle, kMostBundleBytes), trusted, options.certificates);
  } catch (const bundle::Unreadable& error) {
    found.misfit = error.what();
  }
  if (found.misfit)
    found.misfit = reports::plain_text(*found.misfit, reports::Breaks::join);  // names in it are anyone's
  if (found.misfit) session.exit = kUnverified;
  if (session.format() != Format::text) {
    nlohmann::json document = {{"verified", !found.misfit},
                               {"entries", found.entries},
                               {"size", found.size},
                               {"signer", found.signer},
                               {"finding", found.about},
                               {"status", found.status},
                               {"hand_overs", nlohmann::json::array()},
                               {"without_evidence", found.without_evidence},
                               {"timestamps", stamps_document("earliest", found.stamps, found.stamped, options)}};
    for (const bundle::HandOver& each : found.hand_overs) {
      document["hand_overs"].push_back({{"from", each.from}, {"to", each.to}, {"entries", each.entries}});
    }
    if (found.misfit) document["misfit"] = *found.misfit;
    session.out << document.dump() << '\n';
  } else if (found.misfit) {
    session.out << session.word("ledger.misfit") << options.bundle << ": " << *found.misfit << '\n';
  } else {
    session.out << fmt::format(fmt::runtime(session.word("ledger.bundle")), found.entries, found.size, found.signer)
                << '\n';
    say_keys(session, found);
    say_status(session, found);
    print_stamps(session, "ledger.bundle_stamps", found.stamps, found.stamped, options);
    if (trusted.empty()) session.out << session.word("ledger.bundle_own_key") << '\n';
  }
}

void verify(Session& session, const VerifyOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  if (!options.bundle.empty()) return verify_a_bundle(session, options);
  const Verified result = look_at(session, options);
  if (result.misfit) session.exit = kUnverified;
  if (session.format() == Format::text) return print_words(session, result, options);
  nlohmann::json document = {{"verified", !result.misfit}, {"entries", result.entries}, {"root", result.root}};
  document["checkpoints"] = {{"checked", result.keys},
                             {"database", result.kept},
                             {"file", result.filed ? nlohmann::json(*result.filed) : nlohmann::json()},
                             {"not_filed", result.not_filed},
                             {"signed_entries", result.signed_entries},
                             {"lost_keys", nlohmann::json::array()}};
  for (const log::LostKey& each : result.lost_keys) {
    document["checkpoints"]["lost_keys"].push_back(
        {{"checkpoint", each.checkpoint}, {"entries", each.entries}, {"lost", each.lost}});
  }
  document["evidence"] = {{"kept", result.evidence.kept},
                          {"pruned", result.evidence.pruned},
                          {"named", result.evidence.named},
                          {"absent", result.evidence.absent}};
  document["timestamps"] = stamps_document("newest", result.stamps, result.stamped, options);
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
