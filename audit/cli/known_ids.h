// An id that nobody knows is a slip of the pen: refused, so that a gate does not pass by it.
#pragma once

#include <string>

#include "audit/catalog/catalog.h"

namespace linkaudit::cli {

// Each throws Refused naming the option when `id` is not empty and not in the catalog.
void require_platform(const catalog::Catalog& catalog, const std::string& id);
void require_context(const catalog::Catalog& catalog, const std::string& id);
void require_link(const catalog::Catalog& catalog, const std::string& id);
void require_obligation(const catalog::Catalog& catalog, const std::string& id);

}  // namespace linkaudit::cli
