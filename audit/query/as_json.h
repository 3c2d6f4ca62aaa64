// Query results as JSON with the stable field names that audit/README.md lists. Instants are RFC 3339 in UTC.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "audit/query/accounting.h"
#include "audit/query/changes.h"
#include "audit/query/history.h"
#include "audit/query/totals.h"
#include "audit/query/view.h"
#include "audit/query/waivers_shown.h"

namespace linkaudit::query {

nlohmann::json to_json(const law::Finding& finding);
nlohmann::json to_json(const law::MatrixCell& cell);
nlohmann::json to_json(const Change& change);
nlohmann::json to_json(const Accounting& accounting);
nlohmann::json to_json(const Period& period);
nlohmann::json to_json(const HistorySpan& span);
nlohmann::json to_json(const Totals& totals);
nlohmann::json to_json(const WaiverShown& waiver);
// An observation with what was said of it: `withdrawn`, `corrects`, `annotations`.
nlohmann::json to_json(const log::LoggedObservation& logged);
nlohmann::json to_json(const log::LoggedAnnotation& logged);

// {"as_of": ..., "findings": [...], "totals": ..., "waivers": [...]}, with the totals of all findings of the view, and
// those without waivers beside them; {"as_of": ..., "cells": [...]}
nlohmann::json findings_document(const View& view);
nlohmann::json findings_list(const std::vector<law::Finding>& findings);
nlohmann::json matrix_document(const MatrixView& view);

}  // namespace linkaudit::query
