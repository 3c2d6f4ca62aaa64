// `enabled: false`: what it takes out of the merged document, and what lower layers said of it.
#pragma once

#include <map>
#include <string>

#include "audit/catalog/fields.h"
#include "audit/catalog/node.h"

namespace linkaudit::catalog {

// The place of each document in the order of layers, by its file name.
using Layers = std::map<std::string, int>;

// Erases what is switched off, schedules excepted: those are read, then left out. With a host app, a context, a
// platform or a link goes what the layers below the one that switched it off say of it: rules of it, and its name in
// scopes and selections; an obligation, waiver or schedule that named nothing else goes too, since an empty list would
// mean everything. A name in the same layer or above is a mistake of that layer, and found as such later.
void remove_disabled(Node& merged, const Layers& layers, Problems& problems);

}  // namespace linkaudit::catalog
