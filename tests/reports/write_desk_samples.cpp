// write_desk_samples DIRECTORY [pdf]: the desk's report in both languages as page, rows and summary, and hostile texts
// as a summary; with "pdf" as a PDF too.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "reports/order.h"
#include "reports/text.h"
#include "reports/write.h"
#include "tests/reports/desk_samples.h"

using namespace linkaudit::reports;

namespace {

void write_all(const Report& report, const std::string& stem, bool pdf) {
  write_html(report, stem + ".html");
  write_json(report, stem + ".json");
  write_ndjson(report, stem + ".ndjson");
  write_markdown(report, stem + ".md");
  for (const Table* table : sheets_of(report)) write_csv(*table, report, stem + "." + table->id + ".csv");
  if (pdf) write_pdf(report, stem + ".pdf");
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 2) throw std::runtime_error("usage: write_desk_samples DIRECTORY [pdf]");
  const std::string directory = arguments[1];
  const bool pdf = count > 2;
  std::filesystem::create_directories(directory);
  write_all(samples::desk(Language::en), directory + "/en", pdf);
  Report both = samples::desk(Language::zh);
  both.both_languages = both.simulated = true;
  write_all(both, directory + "/zh", pdf);
  write_all(samples::desk_hostile(), directory + "/hostile", false);
  nlohmann::json plain = nlohmann::json::array();
  for (const auto& text : samples::desk_hostile_texts()) plain.push_back(plain_text(text));
  std::ofstream(directory + "/plain.json") << plain;
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << "\n";
  return 1;
}
