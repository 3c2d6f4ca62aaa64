// The loop behind LegRunner: takes legs from the queue, moves each from hop to hop, hands the ended ones out.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "probes/fetch/address_guard.h"
#include "probes/fetch/connect_to.h"
#include "probes/fetch/curl_handles.h"
#include "probes/fetch/host_gates.h"
#include "probes/fetch/leg_queue.h"
#include "probes/fetch/leg_under_way.h"
#include "probes/fetch/multi_events.h"
#include "probes/fetch/name_resolver.h"
#include "probes/fetch/page_reading.h"
#include "probes/fetch/proxy.h"
#include "probes/fetch/retry.h"
#include "probes/page/page_cache.h"

namespace linkaudit::probes {

// One thread. See LegRunner for the contract.
class LegLoop {
 public:
  using Clock = std::chrono::steady_clock;

  LegLoop(const NetworkSettings& settings, LookUp look_up);
  ~LegLoop();
  LegLoop(const LegLoop&) = delete;
  LegLoop& operator=(const LegLoop&) = delete;

  void add(LegRequest request, LegRunner::Done done, int delay_ms);
  void prepare_with(PageReading::Prepare prepare) { reading_.prepare_with(std::move(prepare)); }
  void hold_while(std::function<bool()> full) { full_ = std::move(full); }
  bool run(const std::stop_token& stop);

 private:
  // The turns of the loop.
  bool idle() const { return queue_.empty() && under_way_.empty() && ended_.empty(); }
  bool out_of_budget() const;
  void enter_gates();
  void begin_legs();
  void take_ended_transfers(const std::stop_token& stop);
  void take_answers();
  void take_pages();
  void end_overdue();
  std::chrono::milliseconds longest_wait() const;
  void hand_out(const std::stop_token& stop);
  void drop_all();

  // The steps of one leg. Each may end it: the reference is not to be used after them.
  void begin(LegUnderWay& leg);
  void to_hop(LegUnderWay& leg, Url url);
  void enter(LegUnderWay& leg);
  void check_link_name(LegUnderWay& leg);
  void resolve(LegUnderWay& leg);
  void answered(LegUnderWay& leg, const NameAnswer& answer);
  void transfer(LegUnderWay& leg, std::vector<Address> addresses, double lookup_ms);
  void transferred(LegUnderWay& leg, CURLcode code);
  void after_exchange(LegUnderWay& leg);
  void go_on(LegUnderWay& leg);
  void refuse_link(LegUnderWay& leg, Failure failure);
  void fail_unsent(LegUnderWay& leg, const std::string& url, Failure failure);
  void fail(LegUnderWay& leg, Failure failure);
  void end(LegUnderWay& leg);
  bool try_again(std::unique_ptr<LegUnderWay>& leg);

  // What they rest on.
  bool gate_open(const LegUnderWay& leg);
  void leave_gate(LegUnderWay& leg);
  void note_tls_failure(const Url& url, const std::optional<Failure>& failure);
  bool proxy_resolves() const;
  bool operator_chose(const Url& url) const;
  std::string name_to_resolve(const Url& url) const;
  void ask_for(LegUnderWay& leg, LegPhase phase, const std::string& name);
  std::optional<Failure> keep_allowed(std::vector<Address>& addresses, const std::string& name) const;
  Clock::time_point deadline(const LegUnderWay& leg) const;
  CurlEasy take_handle();
  void release_handle(LegUnderWay& leg);

  CurlLibrary library_;
  NetworkSettings settings_;
  std::optional<Proxy> proxy_;
  AddressGuard guard_;
  ConnectTo connect_to_;
  HostGates gates_;
  BackOff back_off_;
  SocketEnds socket_ends_;  // before multi_, whose connections know it
  MultiEvents events_;      // likewise
  CurlMulti multi_;
  std::vector<CurlEasy> idle_handles_;
  NameResolver resolver_;  // after events_: it wakes the loop
  PageReading reading_;    // likewise
  PageCache small_pages_{0};
  std::function<bool()> full_;

  LegQueue queue_;
  std::unordered_map<std::uint64_t, std::unique_ptr<LegUnderWay>> under_way_;
  std::deque<std::uint64_t> waiting_turn_;
  std::unordered_map<std::string, std::vector<std::uint64_t>> waiting_name_;
  std::deque<std::unique_ptr<LegUnderWay>> ended_;
  std::unordered_set<std::string> refused_tls_;  // hosts whose TLS has failed
  std::uint64_t last_id_ = 0;
  std::size_t asking_ = 0;         // legs inside a gate
  std::size_t pages_waiting_ = 0;  // legs whose page is being read, or waits for that: whole bodies
  std::optional<Clock::time_point> budget_ends_;
  std::optional<Clock::time_point> next_gate_;  // when a leg that waits may be let through
  bool held_ = false;                           // who takes the results has no room, as of this turn
  bool gate_freed_ = false;                     // since the waiting legs were last looked at
};

}  // namespace linkaudit::probes
