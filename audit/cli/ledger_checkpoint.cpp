#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/custody.h"
#include "audit/cli/ledger.h"
#include "audit/cli/session.h"
#include "audit/log/checkpoint_file.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/key_file.h"

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
  const log::SigningKey key = log::take_key(key_file(session, log.path()));
  const log::KeptCheckpoint kept = log::keep_checkpoint(log, key, session.now());
  print(session, log, kept, key.public_key());
}

void rotate(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  session.read_log();
  log::Log log = session.open_log();
  const std::string file = key_file(session, log.path());
  const log::SigningKey old = log::read_key(file), next = log::SigningKey::make(old.public_key().name);
  const log::KeptCheckpoint kept = log::hand_over(log, old, next, session.now());
  log::write_checkpoints(log, log::checkpoint_file_of(log.path()));
  log::replace_key(file, next);
  print(session, log, kept, next.public_key());
}

void make_key(Session& session, const std::string& name) {
  session.only({Format::text, Format::json, Format::ndjson});
  if (!log::is_key_name(name)) throw Refused("--name: \"" + name + "\": valid is text without spaces and +");
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
  ledger.add_subcommand("rotate", "Sign with a new key from here on; the old one signs the change")
      ->callback([&session] { rotate(session); });
  auto name = std::make_shared<std::string>();
  CLI::App* key = ledger.add_subcommand("key", "Make the key that signs checkpoints, with a name of your choice");
  key->add_option("--name", *name, "Name of this log, such as audit.example.org/links")->required()->type_name("NAME");
  key->callback([name, &session] { make_key(session, *name); });
}

}  // namespace linkaudit::cli
