#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "audit/cli/custody.h"
#include "audit/cli/ledger.h"
#include "audit/cli/session.h"
#include "audit/log/checkpoint_file.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/key_file.h"
#include "audit/log/last_signer.h"
#include "audit/log/log_proofs.h"
#include "audit/log/signed_note.h"

namespace linkaudit::cli {
namespace {

struct CheckpointOptions {
  bool public_key = false;
};

void print_public_keys(Session& session) {
  const std::string file = log::public_keys_of(key_file(session, session.globals.database));
  for (const log::PublicKey& key : log::read_public_keys(file)) session.out << key.text() << '\n';
}

void print(Session& session, const log::Log& log, const log::KeptCheckpoint& kept, const log::PublicKey& key) {
  if (session.format() == Format::text) {
    session.out << kept.note;
    return;
  }
  session.out << nlohmann::json{{"entries", kept.size},
                                {"root", log::to_hex(log.root_at(kept.size))},
                                {"origin", key.name},
                                {"public_key", key.text()},
                                {"note", kept.note}}
                     .dump()
              << '\n';
}

void checkpoint(Session& session, const CheckpointOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  session.read_log();  // refuses to make a database
  if (options.public_key) return print_public_keys(session);
  log::Log log = session.open_log();
  const log::SigningKey key = log::key_of(log, key_file(session, log.path()));
  const log::KeptCheckpoint kept = log::keep_checkpoint(log, key, session.now());
  print(session, log, kept, key.public_key());
}

// NAME+HASH of those that signed this log and whose public key is not in a file any more.
std::string signers_not_in(const log::Log& log, const std::string& file) {
  std::set<std::string> there;
  for (const log::PublicKey& key : log::read_public_keys(file))
    there.insert(log::name_of(log::NoteSignature{key.name, key.id, ""}));
  std::string lacks;
  for (const std::string& name : log::all_signers(log)) {
    if (!there.contains(name)) lacks += (lacks.empty() ? "" : ", ") + name;
  }
  return lacks;
}

// What the others have to be told of a new key.
void print_new_key(Session& session, const std::string& file, const log::Log& log, const log::KeptCheckpoint& kept,
                   const log::PublicKey& key) {
  print(session, log, kept, key);
  const std::string keys = log::public_keys_of(file);
  if (const std::string lacks = signers_not_in(log, keys); lacks.empty()) {
    session.err << fmt::format(fmt::runtime(session.word("ledger.publish")), keys, key.text()) << '\n';
  } else {
    session.err << fmt::format(fmt::runtime(session.word("ledger.publish_lacks")), keys, lacks, key.text()) << '\n';
  }
}

void rotate(Session& session) {
  log::Log log = session.open_log();
  const std::string file = key_file(session, log.path());
  const log::SigningKey old = log::key_of(log, file), next = log::SigningKey::make(old.public_key().name);
  log::stage_key(file, next);
  const log::KeptCheckpoint kept = log::hand_over(log, old, next, session.now());
  log::write_checkpoints(log, log::checkpoint_file_of(log.path()));
  log::replace_key(file, next);
  print_new_key(session, file, log, kept, next.public_key());
}

// The public key is written first: a checkpoint is never there before the key by which it is read.
void begin_anew(Session& session) {
  log::Log log = session.open_log();
  const std::string file = key_file(session, log.path());
  if (std::filesystem::exists(file))
    throw Refused("--lost: " + file +
                  " is there; ledger rotate hands over from it; move it away when it is not this log's");
  const auto signer = log::last_signer(log);
  if (!signer) throw Refused("--lost: " + log.path() + " was never signed, so no key of it is lost");
  const log::SigningKey next = log::SigningKey::make(signer->origin);
  log::add_public_key(file, next.public_key());
  const log::KeptCheckpoint kept = log::begin_anew(log, next, signer->name, session.now());
  log::replace_key(file, next);
  log::write_checkpoints(log, log::checkpoint_file_of(log.path()));
  print_new_key(session, file, log, kept, next.public_key());
}

void change_key(Session& session, bool lost) {
  session.only({Format::text, Format::json, Format::ndjson});
  session.read_log();  // refuses to make a database
  lost ? begin_anew(session) : rotate(session);
}

void make_key(Session& session, const std::string& name) {
  session.only({Format::text, Format::json, Format::ndjson});
  if (!log::is_key_name(name)) throw Refused("--name: \"" + name + "\": valid is text without spaces and +");
  const std::string& database = session.globals.database;
  if (session.globals.key.empty() && std::filesystem::exists(database)) {
    log::require_key(session.read_log(), log::key_file_of(database));
  }
  const log::SigningKey key = log::make_key(key_file(session, session.globals.database), name);
  if (session.format() == Format::text) {
    session.out << key.public_key().text() << '\n';
  } else {
    session.out << nlohmann::json{{"public_key", key.public_key().text()}}.dump() << '\n';
  }
}

}  // namespace

void add_ledger_checkpoint(CLI::App& ledger, Session& session) {
  auto options = std::make_shared<CheckpointOptions>();
  CLI::App* command = ledger.add_subcommand("checkpoint", "The signed number of entries and root of their tree");
  command->add_flag("--public-key", options->public_key, "Only the public keys, the newest last");
  command->callback([options, &session] { checkpoint(session, *options); });
  auto lost = std::make_shared<bool>(false);
  CLI::App* change = ledger.add_subcommand("rotate", "Sign with a new key from here on; the old one signs the change");
  change->add_flag("--lost", *lost, "The old one is lost for good: without its signature, which the checkpoint says");
  change->callback([lost, &session] { change_key(session, *lost); });
  auto name = std::make_shared<std::string>();
  CLI::App* key = ledger.add_subcommand("key", "Make the key that signs checkpoints, with a name of your choice");
  key->add_option("--name", *name, "Name of this log, such as audit.example.org/links")->required()->type_name("NAME");
  key->callback([name, &session] { make_key(session, *name); });
}

}  // namespace linkaudit::cli
