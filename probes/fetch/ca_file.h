#pragma once

#include <string>

namespace linkaudit::probes {

// Throws std::runtime_error, naming the file, when it cannot be read or holds no certificate in PEM.
void require_ca_file(const std::string& path);

}  // namespace linkaudit::probes
