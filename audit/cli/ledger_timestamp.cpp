#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/custody.h"
#include "audit/cli/ledger.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/log/checkpoint_file.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/key_file.h"
#include "audit/log/timestamp.h"
#include "audit/run/secrets.h"
#include "audit/run/timestamp_authority.h"

namespace linkaudit::cli {
namespace {

struct TimestampOptions {
  std::string authority, certificates;
};

// Signs the head where it is not signed yet, and has the newest checkpoint stamped.
void stamp(Session& session, const TimestampOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  // It may hold a password, so it is not shown.
  if (!run::is_timestamp_authority(options.authority)) {
    throw Refused(std::string("--tsa: is no URL of an authority; ") + run::kValidAuthorities);
  }
  session.read_log();  // refuses to make a database
  log::Log log = session.open_log();
  const log::KeptCheckpoint kept =
      log::keep_checkpoint(log, log::key_of(log, key_file(session, log.path())), session.now());
  const std::string request = log::timestamp_request(kept.note);
  const auto reply = run::ask_timestamp_authority(options.authority, request);
  if (!reply) throw std::runtime_error("--tsa: the authority " + reply.error());  // its URL may hold a password
  const log::TimestampCheck checked = log::check_timestamp(request, *reply, kept.note, options.certificates);
  if (!checked.problem.empty()) throw std::runtime_error("--tsa: its answer " + checked.problem);
  if (!log::is_signed_timestamp(*reply)) {
    throw std::runtime_error("--tsa: its answer does not verify: it is not signed by the certificate in it");
  }
  const std::string authority = run::mask_url(options.authority, session.load_catalog().secret_parameters);
  log::keep_timestamp(log, {0, kept.number, request, *reply});
  const std::string at = checked.at ? law::format_instant(*checked.at, "UTC") : std::string("-");
  if (session.format() == Format::text) {
    session.out << fmt::format(fmt::runtime(session.word("ledger.stamped")), kept.size, at, authority) << '\n';
  } else {
    session.out << nlohmann::json{{"entries", kept.size},
                                  {"at", at},
                                  {"authority", authority},
                                  {"authority_checked", checked.authority_checked}}
                       .dump()
                << '\n';
  }
}

}  // namespace

void add_ledger_timestamp(CLI::App& ledger, Session& session) {
  auto options = std::make_shared<TimestampOptions>();
  CLI::App* command = ledger.add_subcommand(
      "timestamp", "Have the newest checkpoint stamped by an authority (RFC 3161), and keep that");
  command->add_option("--tsa", options->authority, "The authority")->required()->type_name("URL");
  command->add_option("--tsa-ca", options->certificates, "Certificates that must stand behind its signature")
      ->type_name("FILE");
  command->callback([options, &session] { stamp(session, *options); });
}

}  // namespace linkaudit::cli
