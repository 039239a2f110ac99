#include "promlite/tests/golden/ask.h"

#include "absl/time/time.h"
#include "promlite/engine/answer/json.h"
#include "promlite/tests/golden/compare_bodies.h"

namespace promlite::golden {

std::string Ask(const Engine& engine, const Question& question) {
  const absl::Time start = absl::FromUnixMillis(question.start_ms);
  const absl::StatusOr<QueryResult> result =
      question.step_ms ? engine.Range(question.query, start, absl::FromUnixMillis(question.end_ms),
                                      absl::Milliseconds(*question.step_ms))
                       : engine.Instant(question.query, start);
  return result.ok() ? ToJson(*result) : ErrorToJson(result.status());
}

namespace {

std::string DifferenceUnder(const Tolerance& tolerance, const Engine& engine,
                            const Question& question) {
  const std::string actual = Ask(engine, question);
  std::string first_difference;
  for (const std::string& expected : question.answers) {
    std::string difference = BodyDifference(expected, actual, tolerance);
    if (difference.empty()) return "";
    if (first_difference.empty()) first_difference = std::move(difference);
  }
  return first_difference;
}

}  // namespace

std::string AnswerDifference(const Engine& engine, const Question& question) {
  return DifferenceUnder(ToleranceFor(question.query), engine, question);
}

bool DiffersInLastDigits(const Engine& engine, const Question& question) {
  Tolerance tolerance = ToleranceFor(question.query);
  if (!DifferenceUnder(tolerance, engine, question).empty()) {
    tolerance.relative = 1e-9;
    return DifferenceUnder(tolerance, engine, question).empty();
  }
  return false;
}

}  // namespace promlite::golden
