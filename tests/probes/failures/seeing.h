// A behaviour acted out on loopback, and what probe() says about it.
#pragma once

#include <string>
#include <vector>

#include "tests/probes/failures/behaviour.h"
#include "tests/probes/failures/table.h"

namespace linkaudit::probes {

struct RowSeen {
  Row expected;
  Row seen;           // `text` is the whole text of the failure
  std::string fault;  // what no observation may have; "" when there is nothing
};

// Probes one link for each of the rows, which are of the behaviour and can run. `ca_file` holds the root certificate.
std::vector<RowSeen> see(const Behaviour& behaviour, const Certificates& certificates, const std::string& ca_file,
                         const std::vector<Row>& rows);

}  // namespace linkaudit::probes
