// What is wrong with a file that is meant to be a log, told apart from what is wrong with whoever asks.
#pragma once

#include "audit/log/log.h"

namespace linkaudit::log {

// The database cannot be read as what it was written as.
class LogDamaged : public LogError {
 public:
  using LogError::LogError;
};

// The file is no log of ours, or holds nothing.
class NotALog : public LogRefused {
 public:
  using LogRefused::LogRefused;
};

}  // namespace linkaudit::log
