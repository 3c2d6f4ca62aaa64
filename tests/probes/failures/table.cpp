#include "tests/probes/failures/table.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace linkaudit::probes {
namespace {

constexpr std::array kColumns = {
    &Row::behaviour,   &Row::place, &Row::leg,     &Row::when,    &Row::failure, &Row::layer, &Row::context_hop,
    &Row::control_hop, &Row::code,  &Row::earlier, &Row::control, &Row::outcome, &Row::blame, &Row::context_specific,
    &Row::hard,        &Row::notes, &Row::text,    &Row::cannot,
};

Row row_of(const std::string& text, int line) {
  Row row;
  row.line = line;
  std::istringstream cells(text);
  for (const auto column : kColumns) {
    if (!std::getline(cells, row.*column, ',') || (row.*column).empty()) {
      throw std::runtime_error(fmt::format("failures.csv:{}: a cell is missing", line));
    }
  }
  if (!cells.eof()) throw std::runtime_error(fmt::format("failures.csv:{}: a cell too many", line));
  return row;
}

}  // namespace

std::vector<Row> read_table() {
  std::ifstream file(LINKAUDIT_TEST_DATA "/failures.csv");
  std::vector<Row> rows;
  int line = 0;
  bool titles = true;
  for (std::string text; std::getline(file, text);) {
    ++line;
    if (text.empty() || text.front() == '#') continue;
    if (!std::exchange(titles, false)) rows.push_back(row_of(text, line));
  }
  if (rows.empty()) throw std::runtime_error("failures.csv cannot be read");
  return rows;
}

std::string situation_of(const Row& row) {
  return row.place + " " + row.leg + " " + row.when;
}

std::string expectation_of(const Row& row) {
  return fmt::format(
      "failure {} of {}, context hop {}, control hop {}, code {}, earlier {}, control {}: {} {}, context_specific {}, "
      "hard {}, notes {}",
      row.failure, row.layer, row.context_hop, row.control_hop, row.code, row.earlier, row.control, row.outcome,
      row.blame, row.context_specific, row.hard, row.notes);
}

bool runs(const Row& row) {
  return row.cannot == "-";
}

}  // namespace linkaudit::probes
