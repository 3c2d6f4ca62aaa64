#include "audit/cli/custody.h"

#include <filesystem>

#include "audit/log/checkpoint_file.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/key_file.h"

namespace linkaudit::cli {

std::string key_file(const Session& session, const std::string& database) {
  return session.globals.key.empty() ? log::key_file_of(database) : session.globals.key;
}

void sign_what_was_written(const Session& session) {
  if (!session.wrote()) return;
  log::Log log = log::Log::open(session.globals.database);
  const auto newest = log::newest_checkpoint(log);
  const bool grown = !newest || newest->size != log.size();
  if (grown && log.size() > 0)
    log::keep_checkpoint(log, log::key_of(log, key_file(session, log.path())), session.now());
  if (newest || grown) log::write_checkpoints(log, log::checkpoint_file_of(log.path()));
}

std::vector<log::PublicKey> trusted_keys(const Session& session, const std::string& database, const std::string& file) {
  if (!file.empty()) return log::read_public_keys(file);
  const std::string own = key_file(session, database), beside = log::public_keys_of(own);
  if (std::filesystem::exists(beside)) return log::read_public_keys(beside);
  const auto key = log::public_key_at(own);
  return key ? std::vector{*key} : std::vector<log::PublicKey>();
}

}  // namespace linkaudit::cli
