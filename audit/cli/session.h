// What every command shares: the global options, the streams, the clock, and how the catalog and the log are opened.
#pragma once

#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/catalog/load.h"
#include "audit/log/read.h"
#include "audit/query/tables.h"
#include "probes/prober.h"

namespace linkaudit::cli {

enum Exit : int {
  kDone = 0,
  kUnexpected = 1,
  kBreaches = 2,  // only with --gate
  kUsage = 3,     // usage, configuration or catalog
  kGaps = 4,      // finished, but some planned observations are gaps
  kUnverified = 5,
  kReaderGone = 141,  // as a shell gives SIGPIPE: whoever read standard output has gone
};

// The user asked for something that cannot be: one line, exit 3, nothing changed.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class Format { text, json, ndjson, csv };

struct Globals {
  std::vector<std::string> catalogs;
  std::string database = "linkaudit.db";
  std::string key;  // file of the key that signs checkpoints; "": beside the database
  std::string language = "en";
  std::string format = "text";
};

class Session {
 public:
  Session(std::ostream& results, std::ostream& problems, probes::NowFunction clock)
      : out(results), err(problems), now(std::move(clock)) {}

  std::ostream& out;  // results
  std::ostream& err;  // progress and problems
  probes::NowFunction now;
  Globals globals;
  int exit = kDone;  // set by the command that ran

  reports::Language language() const;  // of readers of both: Chinese
  bool both_languages() const { return globals.language == "both"; }
  Format format() const;

  // The built-in catalog with the user's laid over it, and further YAML texts over both (name, text). Throws Refused
  // with every problem, a line each.
  catalog::Catalog load_catalog(const std::vector<std::pair<std::string, std::string>>& overlays = {},
                                catalog::Purpose purpose = catalog::Purpose::reading) const;
  // For probing by it: the files that it names are there as well.
  catalog::Catalog load_catalog_to_probe() const { return load_catalog({}, catalog::Purpose::probing); }

  // The built-in catalog with these laid over it.
  catalog::Catalog load_catalog_of(const std::vector<std::string>& paths,
                                   const std::vector<std::pair<std::string, std::string>>& overlays = {},
                                   catalog::Purpose purpose = catalog::Purpose::reading) const;
  // The paths given, else linkaudit.yaml if it is there.
  std::vector<std::string> catalog_paths() const;

  log::Log open_log();        // for writing, made when it is not there
  log::Log read_log() const;  // Refused when there is none; from here on nobody reads in vain for a closed pipe

  // An instant or a date (then its last millisecond in the catalog's zone); now when `text` is empty. Throws Refused
  // naming the option.
  probes::Instant instant(const std::string& option, const std::string& text, const catalog::Catalog& catalog) const;

  // Of the newest catalog that was loaded, else of the built-in one: URL parameters and names that hold secrets.
  std::vector<std::string> secret_parameters() const;

  bool wrote() const { return wrote_; }  // the log was opened for writing

  std::string word(std::string_view key) const;

  // Says above text that what follows is simulated, when it is.
  void say_if_simulated(const catalog::Catalog& catalog) const;

  // Says above text at which instant, in which zone, what follows holds, and what the log knew.
  void say_horizon(const log::Horizon& horizon, const catalog::Catalog& catalog) const;

  // Throws Refused unless --format is one of these: for commands that print no table.
  void only(std::initializer_list<Format> formats) const;

 private:
  bool wrote_ = false;
  mutable std::vector<std::string> secret_parameters_;
};

// From the root, without . and .. in it.
std::string absolute_path(const std::string& path);

// The whole of a file. Throws Refused naming it when it cannot be read or is larger than `most` bytes.
std::string read_file(const std::string& path, std::size_t most);

}  // namespace linkaudit::cli
