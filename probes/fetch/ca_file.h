// The file of certificates that are trusted in place of the system's.
#pragma once

#include <string>

namespace linkaudit::probes {

// "cannot be read", "holds no certificate"; "" when nothing is wrong.
std::string fault_of_ca_file(const std::string& path);

// Throws std::runtime_error, naming the file, when something is.
void require_ca_file(const std::string& path);

}  // namespace linkaudit::probes
