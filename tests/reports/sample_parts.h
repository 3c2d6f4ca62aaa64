// What several samples are made of.
#pragma once

#include <string>

#include "reports/report.h"

namespace linkaudit::reports::samples {

// English and Chinese beside one another, picked by language.
struct Picker {
  Language language;
  std::string operator()(const char* en, const char* zh) const { return language == Language::zh ? zh : en; }
};

Badge direct(const Picker& t);
Badge confirm(const Picker& t);
Badge external(const Picker& t);
Badge token(const Picker& t);
Badge challenge(const Picker& t);
Badge none(const Picker& t);
Badge breached(const Picker& t);
Badge met(const Picker& t);
Badge undetermined(const Picker& t);
MatrixEntry entry(const Picker& t, const Badge& badge);
Matrix matrix(const Picker& t);
Table findings(const Picker& t);
Table observations(const Picker& t);

std::string data_of(const std::string& name);  // a file of tests/reports/data

}  // namespace linkaudit::reports::samples
