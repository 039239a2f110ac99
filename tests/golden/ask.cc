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

std::string AnswerDifference(const Engine& engine, const Question& question) {
  const std::string actual = Ask(engine, question);
  const Tolerance tolerance = ToleranceFor(question.query);
  std::string first_difference;
  for (const std::string& expected : question.answers) {
    std::string difference = BodyDifference(expected, actual, tolerance);
    if (difference.empty()) return "";
    if (first_difference.empty()) first_difference = std::move(difference);
  }
  return first_difference;
}

}  // namespace promlite::golden
