#include "audit/serve/service.h"

#include <Poco/Util/ServerApplication.h>

#include <exception>
#include <utility>
#include <vector>

#include "audit/run/run_lock.h"

namespace linkaudit::serve {
namespace {

// Poco's part: leaving the terminal and the pid file. What the daemon throws is kept, since Poco would log it only.
class Service : public Poco::Util::ServerApplication {
 public:
  explicit Service(DaemonRequest request) : request_(std::move(request)) {}

  std::exception_ptr failure() const { return failure_; }

 protected:
  int main(const std::vector<std::string>&) override {
    try {
      ServiceSignals signals;  // after the process has left its terminal: threads do not come along
      ServiceNotice notice = ServiceNotice::from_environment();
      Daemon(std::move(request_)).run(signals, notice);
    } catch (...) {
      failure_ = std::current_exception();
      return EXIT_SOFTWARE;
    }
    return EXIT_OK;
  }

 private:
  DaemonRequest request_;
  std::exception_ptr failure_;
};

}  // namespace

bool serve(ServiceRequest request) {
  const auto alone = run::RunLock::take(request.daemon.database, ".serve");
  if (!alone) return false;
  std::vector<std::string> arguments = {"linkaudit"};
  if (request.detach) arguments.emplace_back("--daemon");
  if (!request.pid_file.empty()) arguments.push_back("--pidfile=" + request.pid_file);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  Service service(std::move(request.daemon));
  service.run(static_cast<int>(pointers.size()), pointers.data());
  if (service.failure()) std::rethrow_exception(service.failure());
  return true;
}

}  // namespace linkaudit::serve
