// Draws a report. The same report gives the same bytes. Everything in it is shown as text: no formula, link, script,
// bidi control or control character comes through.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/report.h"

namespace linkaudit::reports {

// What is drawn, and in which order: order.h. "Every sheet" are its sheets_of().

// Each writes to a temporary file beside `path` and renames it, so that an interrupted write leaves the old file.
// Throws std::runtime_error with one line that names the path.
void write_xlsx(const Report& report, const std::string& path);
void write_html(const Report& report, const std::string& path);
void write_csv(const Table& table, const Report& report, const std::string& path);  // UTF-8 with BOM, RFC 4180
void write_json(const Report& report, const std::string& path);
void write_json(const Table& table, const Report& report, const std::string& path);  // an array of its rows
void write_ndjson(const Report& report, const std::string& path);  // every sheet, one row a line, "sheet" first
void write_ndjson(const Table& table, const Report& report, const std::string& path);
void write_markdown(const Report& report, const std::string& path);
// The page, printed by a Chromium or Chrome that is installed. Starts it as a process, with a profile of its own below
// the directory for temporary files, without a network, for at most five minutes. Throws with what to install where
// there is none.
void write_pdf(const Report& report, const std::string& path);

// To a stream, for standard output.
void print_csv(const Table& table, const Report& report, std::ostream& out);
void print_json(const Report& report, std::ostream& out);
void print_json(const Table& table, const Report& report, std::ostream& out);
void print_ndjson(const Report& report, std::ostream& out);
void print_ndjson(const Table& table, const Report& report, std::ostream& out);
// A summary for mails and chats: headlines, the tables "breaches" and "changes" in brief, the cover's words.
void print_markdown(const Report& report, std::ostream& out);
// A table for a person's terminal: columns aligned by display width (East Asian wide characters count two).
void print_text(const Table& table, const Report& report, std::ostream& out);
void print_matrix(const Matrix& matrix, const Report& report, std::ostream& out);

}  // namespace linkaudit::reports
