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

// A program was killed while it made the file, or put it into write-ahead mode: whoever may write makes that good.
class LogInterrupted : public LogRefused {
 public:
  using LogRefused::LogRefused;
};

}  // namespace linkaudit::log
