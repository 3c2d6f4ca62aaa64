// The workbook that persons fill in with what they saw.
#pragma once

#include "reports/template.h"

#include "audit/catalog/catalog.h"
#include "audit/cli/session.h"

namespace linkaudit::cli {

// The columns of an import, with the links and contexts of the catalog and all closed lists to choose from.
reports::Template attestation_template(const Session& session, const catalog::Catalog& catalog);

}  // namespace linkaudit::cli
