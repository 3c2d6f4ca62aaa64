// write_samples DIRECTORY: each sample in each format, and hostile.txt with the texts as they should come out.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "reports/text.h"
#include "reports/write.h"
#include "tests/reports/samples.h"

using namespace linkaudit::reports;

namespace {

void write_all(const Report& report, const std::string& stem) {
  write_xlsx(report, stem + ".xlsx");
  write_html(report, stem + ".html");
  write_json(report, stem + ".json");
  for (const Table& table : report.tables) write_csv(table, report, stem + "." + table.id + ".csv");
  std::ofstream text(stem + ".txt");
  if (report.matrix) print_matrix(*report.matrix, report, text);
  for (const Table& table : report.tables) print_text(table, report, text);
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 2) throw std::runtime_error("usage: write_samples DIRECTORY");
  const std::string directory = arguments[1];
  std::filesystem::create_directories(directory);
  write_all(samples::realistic(Language::en), directory + "/en");
  write_all(samples::realistic(Language::zh), directory + "/zh");
  write_all(samples::simulated(Language::zh), directory + "/simulated");
  write_all(samples::full(Language::en), directory + "/full");
  write_all(samples::full(Language::zh), directory + "/full-zh");
  write_xlsx(samples::golden(), directory + "/golden.xlsx");
  write_all(samples::hostile(), directory + "/hostile");
  nlohmann::json plain = nlohmann::json::array();
  for (const auto& text : samples::hostile_texts()) plain.push_back(plain_text(text));
  std::ofstream(directory + "/plain.json") << plain;
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << "\n";
  return 1;
}
