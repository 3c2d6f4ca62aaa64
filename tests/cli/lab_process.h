// The real program serving the lab, for as long as this lives.
#pragma once

#include <sys/types.h>

#include <string>

namespace linkaudit::tests {

class Scratch;

class LabProcess {
 public:
  // Serves from `scratch`/lab; returns when the overlay `scratch`/lab/linkaudit.yaml is there. Throws otherwise.
  explicit LabProcess(const Scratch& scratch);
  ~LabProcess();
  LabProcess(const LabProcess&) = delete;
  LabProcess& operator=(const LabProcess&) = delete;

  // Asks it to stop and gives its exit code.
  int stop();

 private:
  pid_t process_ = 0;
};

}  // namespace linkaudit::tests
