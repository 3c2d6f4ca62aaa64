// The tables of the database. audit/README.md describes them column by column.
#pragma once

#include <cstdint>

namespace linkaudit::log {

inline constexpr std::int32_t kApplicationId = 0x6c6b6175;  // "lkau"
inline constexpr std::int32_t kSchemaVersion = 8;

// What makes a new database, but for the pragmas and the dictionary's row.
const char* truth_tables();       // entry, fact, node, slot, dictionary, with their triggers
const char* checkpoint_tables();  // what is signed of the tree, since schema 2
const char* timestamp_tables();   // when that was there, since schema 8
const char* blob_tables();        // blob, base, with their triggers, since schema 7
const char* evidence_view();      // v_evidence, since schema 7
const char* projection_tables();  // all that can be rebuilt from the entries
const char* views();              // the stable face for SQL

}  // namespace linkaudit::log
