#ifndef PROMLITE_APPS_PROMQLTEST_RUNNER_H_
#define PROMLITE_APPS_PROMQLTEST_RUNNER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "promlite/apps/promqltest/script.h"

namespace promlite::promqltest {

struct CaseFailure {
  size_t line = 0;
  std::string query;
  std::string message;
};

struct ScriptResult {
  size_t passed = 0;
  std::vector<CaseFailure> failures;
};

// Runs a script on a database and an engine of its own, set up as the reference's test engine is:
// everything enabled, delayed name removal and start timestamps on, at most 10,000 samples. An
// instant case is asked again with its time fixed by @ at other times, and as the middle step of a
// range query.
ScriptResult RunScript(const std::vector<Command>& commands);

}  // namespace promlite::promqltest

#endif  // PROMLITE_APPS_PROMQLTEST_RUNNER_H_
