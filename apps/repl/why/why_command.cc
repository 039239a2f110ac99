#include "promlite/apps/repl/why/why_command.h"

#include <algorithm>
#include <string>

#include "absl/status/statusor.h"
#include "promlite/apps/repl/terminal/interrupt.h"
#include "promlite/apps/repl/why/why_text.h"
#include "promlite/apps/shared/words.h"
#include "promlite/engine/answer/json.h"
#include "promlite/engine/usage/increase_explanation/increase_explanation.h"
#include "promlite/parser/promql/parser.h"

namespace promlite::repl {
namespace {

constexpr std::string_view kAll = "all";

// `all` may be a metric too: it asks for all series where what it begins is no query.
bool AsksForAll(std::string_view argument, const Engine& engine) {
  return FirstWord(argument) == kAll && argument.size() > kAll.size() &&
         !promql::Parse(argument, engine.parse_options()).ok();
}

}  // namespace

absl::Status ShowWhy(std::string_view argument, Workspace* workspace) {
  const EngineOptions& engine_options = workspace->engine().options();
  IncreaseExplanationOptions options;
  options.cancelled = InterruptFlag();
  // Blanks instead of the word, so that an error's place is one in the argument.
  std::string query(argument);
  if (AsksForAll(argument, workspace->engine())) {
    options.max_series = 0;
    std::fill_n(query.begin(), kAll.size(), ' ');
  }
  if (query.empty()) return absl::InvalidArgumentError("\\why needs a query");
  const absl::StatusOr<IncreaseExplanation> explanation = ExplainIncrease(
      workspace->database(), engine_options, query, workspace->QueryTimesNow().end, options);
  const bool json = workspace->settings().output == OutputFormat::kJson;
  if (!explanation.ok()) {
    if (!json) return explanation.status();
    workspace->Fail();
    workspace->Print(ErrorToJson(explanation.status()) + "\n");
    return absl::OkStatus();
  }
  workspace->Print(json ? ToJson(*explanation) + "\n"
                        : FormatWhy(*explanation, workspace->OutputView().table_width));
  return absl::OkStatus();
}

}  // namespace promlite::repl
