// What a report is drawn from: values only. Whoever builds it has judged, counted, sorted and translated already, but
// for the words that every report has, which this folder owns.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
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

// Numbers of entries of the log, which a reader follows to what they hold.
struct Entries {
  std::vector<std::int64_t> numbers;

  bool operator==(const Entries&) const = default;
};

// What a column must hold for a row to count: the same text or badge.
struct Condition {
  std::string column;  // key
  std::variant<std::string, Badge> is;

  bool operator==(const Condition&) const = default;
};

// How many rows of another table of the report hold all that is asked for. The workbook counts them again by a formula;
// everywhere else the number stands.
struct Counted {
  std::int64_t number = 0;
  std::string table;  // id
  std::vector<Condition> where;

  bool operator==(const Counted&) const = default;
};

// The sum of columns of the same row, by a formula in the workbook.
struct Summed {
  std::int64_t number = 0;
  std::vector<std::string> columns;  // keys

  bool operator==(const Summed&) const = default;
};

// A small picture, and what a program reads or somebody hears in its place.
struct Picture {
  std::string png;  // the bytes; empty: only the text is shown
  std::string text;

  bool operator==(const Picture&) const = default;
};

// std::monostate: not known. An instant is shown in the report's zone.
using Value = std::variant<std::monostate, std::string, std::int64_t, double, bool, Instant, Badge, Term, Entries,
                           Counted, Summed, Picture>;
using Row = std::vector<Value>;

// A column that the reader of a workbook fills in; all other cells of its sheet are protected (without a password).
enum class Input { none, text, choice, date };

struct Column {
  std::string key;      // machine name, stable: CSV header and JSON field
  std::string heading;  // in the report's language
  double width = 12;    // characters, of the spreadsheet
  bool wrap = false;
  Input input = Input::none;
  std::vector<std::string> choices = {};  // of Input::choice; others are refused
  std::string hint = {};                  // what is to be filled in, shown to whoever stands in a cell
  bool bars = false;                      // numbers with a bar behind them, as long as they are large
  bool heat = false;                      // numbers on a ground the deeper the larger, over all such columns

  bool operator==(const Column&) const = default;
};

// Bars of a table's own numbers: one for each row, of parts laid end to end.
struct BarChart {
  std::string title;
  std::string categories;  // key of the column that names the bars
  struct Part {
    std::string column;  // key; its heading names the part
    Tone tone = Tone::unknown;
  };
  std::vector<Part> parts;
  std::size_t rows = 0;  // so many from the top; a total below them has no bar
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
  std::string entry_by = {};   // key of a column of entry numbers: where a reader who follows an entry arrives
  std::optional<BarChart> chart = {};
};

// How many cells of the row, from the left, are struck through.
std::size_t struck_cells(const Table& table, const Row& row);

// Platform x context.
struct MatrixEntry {
  Badge outcome;
  std::string tier_mark;  // "①" or the like; explained by the legend
  std::string text;       // second line of the cell: "since 2021-11-30"
  std::string comment;    // hover text
  Entries entries = {};   // that it rests on

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

// What was seen of a place, over time.
struct Band {
  Instant first{}, last{};  // both seen; at most the report's as-of
  Badge outcome;
  std::string text;      // "by the host app, 12 times"
  std::int64_t entry{};  // of the first

  bool operator==(const Band&) const = default;
};

struct TimelineRow {
  std::string label;      // the link and its context
  std::string tier_mark;  // as in the matrix
  std::vector<Band> bands;

  bool operator==(const TimelineRow&) const = default;
};

struct TimelineGroup {
  std::string title;  // a host app
  std::vector<TimelineRow> rows;

  bool operator==(const TimelineGroup&) const = default;
};

struct Timeline {
  std::string title, intro, corner;                    // corner: heading of the column of labels
  Instant from{}, to{};                                // of the axis
  std::vector<std::pair<Instant, std::string>> marks;  // days that matter, as a clause's effective date: a line
  std::vector<TimelineGroup> groups;
  std::vector<Badge> legend;
};

// A block of the cover: a heading and lines "label: text" (label may be empty).
struct CoverBlock {
  std::string heading;
  std::vector<std::pair<std::string, std::string>> lines;
  bool summary = false;  // is also in a summary for mails; where no block is, all are
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
  std::optional<Timeline> timeline;
  std::vector<Table> tables;
  // Ids of what is drawn, in order: "cover", "matrix", "timeline" and those of tables. Empty: all, in this order.
  std::vector<std::string> order;
  // What cover, matrix and timeline show, as rows for programs: tables of these ids.
  std::vector<Table> data;
  std::string logo;                     // a PNG, its bytes; empty: none
  std::optional<std::uint32_t> accent;  // 0xRRGGBB: of titles and headings
  bool both_languages = false;          // headings and our own words in both; the rest in `language`
};

// Ids of what is drawn, in order: the report's own order as far as it has them, or all; each once.
std::vector<std::string> drawn_order(const Report& report);
const Table* find_table(const Report& report, std::string_view id);  // null when there is none

}  // namespace linkaudit::reports
