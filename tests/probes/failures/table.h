// The table of failures, as data/failures.csv has it: for what a server does, and who meets it where, all that an
// observation is to say.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace linkaudit::probes {

// Each cell as it stands in the file, "-" for none.
struct Row {
  int line = 0;
  std::string behaviour;
  std::string place;  // first: the link's own server; redirected: where that leads; gateway: the host app's
  std::string leg;    // which of the two meets it: control, context, both
  std::string when;   // always; of gateways: once, again, control_too, line_breaks

  std::string failure, layer;
  std::string context_hop, control_hop;  // the hop that failed of each leg
  std::string code;                      // the library's raw code; "any" for any but 0
  std::string earlier;                   // failures of the context leg that were looked at again
  std::string control;                   // how the control leg ended
  std::string outcome;                   // "gap" when there is to be no observation: its reason is in the notes
  std::string blame, context_specific, hard, notes;
  std::string text;    // a part of the failure's text
  std::string cannot;  // why no server can do this; then nothing is expected
};

struct Situation {
  const char *place, *leg, *when;
};

// Each behaviour has a row for each of them.
inline constexpr std::array kSituations = {
    Situation{"first", "control", "always"},        Situation{"first", "context", "always"},
    Situation{"first", "both", "always"},           Situation{"redirected", "control", "always"},
    Situation{"redirected", "context", "always"},   Situation{"redirected", "both", "always"},
    Situation{"gateway", "context", "once"},        Situation{"gateway", "context", "again"},
    Situation{"gateway", "context", "control_too"}, Situation{"gateway", "context", "line_breaks"},
    Situation{"gateway", "both", "always"},
};

// Throws std::runtime_error naming the line that does not have all columns.
std::vector<Row> read_table();

std::string situation_of(const Row& row);    // "redirected context always"
std::string expectation_of(const Row& row);  // what is compared, in one line
bool runs(const Row& row);                   // a server can do it

}  // namespace linkaudit::probes
