#ifndef PROMLITE_APPS_REPL_TERMINAL_INTERRUPT_H_
#define PROMLITE_APPS_REPL_TERMINAL_INTERRUPT_H_

#include <atomic>

namespace promlite::repl {

// From now on Ctrl-C (SIGINT) sets a flag instead of ending the program.
void CatchInterrupts();

// Set by Ctrl-C: what a running query looks at.
const std::atomic<bool>* InterruptFlag();

// Whether Ctrl-C was pressed since the last call.
bool TakeInterrupt();

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TERMINAL_INTERRUPT_H_
