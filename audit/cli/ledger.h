// The parts of the command `ledger`.
#pragma once

namespace CLI {
class App;
}

namespace linkaudit::cli {

class Session;

void add_ledger_bundle(CLI::App& ledger, Session& session);
void add_ledger_checkpoint(CLI::App& ledger, Session& session);
void add_ledger_proof(CLI::App& ledger, Session& session);
void add_ledger_timestamp(CLI::App& ledger, Session& session);

}  // namespace linkaudit::cli
