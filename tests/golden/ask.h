#ifndef PROMLITE_TESTS_GOLDEN_ASK_H_
#define PROMLITE_TESTS_GOLDEN_ASK_H_

#include <string>

#include "promlite/engine/engine.h"
#include "promlite/tests/golden/recording.h"

namespace promlite::golden {

// The body with which promlite answers.
std::string Ask(const Engine& engine, const Question& question);

// Asks, and compares with what Prometheus answered. "" if it is one of its answers; else the
// difference from the first.
std::string AnswerDifference(const Engine& engine, const Question& question);

// Whether an answer that differs from all of Prometheus' does so in the last digits of values only:
// by less than 1e-9 of one.
bool DiffersInLastDigits(const Engine& engine, const Question& question);

}  // namespace promlite::golden

#endif  // PROMLITE_TESTS_GOLDEN_ASK_H_
