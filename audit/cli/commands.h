// One function for each command: adds it to the command line; when it is chosen, it runs and sets session.exit.
#pragma once

namespace CLI {
class App;
}

namespace linkaudit::cli {

class Session;

void add_annotate(CLI::App& app, Session& session);
void add_attest(CLI::App& app, Session& session);
void add_catalog(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_database(CLI::App& app, Session& session);
void add_demo(CLI::App& app, Session& session);
void add_diff(CLI::App& app, Session& session);
void add_export(CLI::App& app, Session& session);
void add_findings(CLI::App& app, Session& session);
void add_history(CLI::App& app, Session& session);
void add_import(CLI::App& app, Session& session);
void add_lab(CLI::App& app, Session& session);
void add_ledger(CLI::App& app, Session& session);
void add_matrix(CLI::App& app, Session& session);
void add_prune(CLI::App& app, Session& session);
void add_query(CLI::App& app, Session& session);
void add_reclassify(CLI::App& app, Session& session);
void add_report(CLI::App& app, Session& session);
void add_reports(CLI::App& app, Session& session);
void add_run(CLI::App& app, Session& session);
void add_runs(CLI::App& app, Session& session);
void add_schedule(CLI::App& app, Session& session);
void add_serve(CLI::App& app, Session& session);
void add_sql(CLI::App& app, Session& session);
void add_waiver(CLI::App& app, Session& session);

}  // namespace linkaudit::cli
