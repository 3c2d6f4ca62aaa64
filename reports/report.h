// What a report is drawn from: values only. Whoever builds it has judged, counted, sorted and translated already, but
// for the words that every report has, which this folder owns.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace linkaudit::reports {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

enum class Language { en, zh };

// How a value is meant: chosen by the caller, coloured by us. The symbol carries it where colour does not.
enum class Tone { good, fair, bad, unknown, muted, notice };

struct Badge {
  std::string id;      // stable machine name: "direct"
  std::string label;   // in the report's language
  std::string symbol;  // one character: "✓"
  Tone tone = Tone::unknown;

  bool operator==(const Badge&) const = default;
};

// A word of a closed list: people read the label, programs the id, as with a badge but without a sign.
struct Term {
  std::string id;     // stable machine name: "host"
  std::string label;  // in the report's language

  bool operator==(const Term&) const = default;
};

// std::monostate: not known. An instant is shown in the report's zone.
using Value = std::variant<std::monostate, std::string, std::int64_t, double, bool, Instant, Badge, Term>;
using Row = std::vector<Value>;

struct Column {
  std::string key;      // machine name, stable: CSV header and JSON field
  std::string heading;  // in the report's language
  double width = 12;    // characters, of the spreadsheet
  bool wrap = false;

  bool operator==(const Column&) const = default;
};

// Rows are pulled one at a time, so that long tables need no memory. Returns false at the end; called from the start
// again for each format.
using NextRow = std::function<bool(Row&)>;
using RowSource = std::function<NextRow()>;

RowSource rows_of(std::vector<Row> rows);

struct Table {
  std::string id;     // machine name: findings, observations
  std::string title;  // sheet name and heading, in the report's language
  std::string intro;  // one or two sentences, may be empty
  std::vector<Column> columns;
  RowSource rows;
  int frozen_columns = 1;
  int printed_columns = 0;  // so many from the left go on paper; 0: all. The rest is for the screen and for programs.
  std::string struck_by = {};  // key of a column: a row with a value there is struck through, left of that column
};

// How many cells of the row, from the left, are struck through.
std::size_t struck_cells(const Table& table, const Row& row);

// Platform x context.
struct MatrixEntry {
  Badge outcome;
  std::string tier_mark;  // "①" or the like; explained by the legend
  std::string text;       // second line of the cell: "since 2021-11-30"
  std::string comment;    // hover text

  bool operator==(const MatrixEntry&) const = default;
};

struct Matrix {
  std::string title, intro, corner;  // corner: heading of the first column
  std::vector<std::string> groups;   // over the columns, one for each context: the host app's name
  std::vector<std::string> contexts;
  std::vector<std::string> platforms;
  std::vector<std::vector<MatrixEntry>> cells;             // [platform][context]
  std::vector<std::pair<Badge, std::string>> legend;       // badge, what it means
  std::vector<std::pair<std::string, std::string>> tiers;  // mark, what it means
};

// A block of the cover: a heading and lines "label: text" (label may be empty).
struct CoverBlock {
  std::string heading;
  std::vector<std::pair<std::string, std::string>> lines;
};

struct Headline {
  std::string label, value, detail;  // "Breached", "3 of 21", "findings of mandatory clauses"
  Tone tone = Tone::unknown;
};

struct Report {
  Language language = Language::en;
  bool simulated = false;  // then SIMULATED stands, in both languages, on every sheet and page
  std::string title, subtitle, organisation;
  Instant as_of{};
  std::string zone = "Asia/Shanghai";  // IANA name; all instants are shown in it
  std::string checkpoint;              // "12345 <root, hex>": shown in footers
  std::vector<Headline> headlines;
  std::vector<CoverBlock> cover;
  std::optional<Matrix> matrix;
  std::vector<Table> tables;  // in the order of sheets
};

}  // namespace linkaudit::reports
