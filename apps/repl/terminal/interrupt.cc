#include "promlite/apps/repl/terminal/interrupt.h"

#include <csignal>

namespace promlite::repl {
namespace {

// A signal handler reaches nothing but globals.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void OnInterrupt(int) { interrupted.store(true, std::memory_order_relaxed); }

}  // namespace

void CatchInterrupts() {
  struct sigaction action{};
  action.sa_handler = OnInterrupt;
  sigemptyset(&action.sa_mask);
  // Without SA_RESTART: waiting for a key ends as well.
  sigaction(SIGINT, &action, nullptr);
}

const std::atomic<bool>* InterruptFlag() { return &interrupted; }

bool TakeInterrupt() { return interrupted.exchange(false, std::memory_order_relaxed); }

}  // namespace promlite::repl
