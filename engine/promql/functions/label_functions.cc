#include "promlite/engine/promql/functions/label_functions.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "promlite/engine/promql/functions/replacement.h"
#include "promlite/engine/promql/functions/rows.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/go_regex.h"
#include "promlite/parser/text/utf8.h"

namespace promlite::promql::internal {
namespace {

absl::Status Invalid(std::string_view what, std::string_view function, std::string_view text) {
  return absl::FailedPreconditionError(
      absl::StrCat("invalid ", Absl(what), " in ", Absl(function), "(): ", Absl(text)));
}

struct PreparedLabelReplace final : PreparedCall {
  explicit PreparedLabelReplace(std::unique_ptr<const Replacement> made)
      : replacement(std::move(made)) {}

  const std::unique_ptr<const Replacement> replacement;
};

// Prometheus repeats a bad regular expression. Of one that is refused for its size our own words
// say more, and repeat only the beginning.
absl::Status InvalidRegex(std::string_view regex) {
  const absl::Status size = CheckRegexSize(regex);
  return Invalid("regular expression", "label_replace", size.ok() ? regex : Std(size.message()));
}

// The block with label `name` of row i set to new_value(row); nothing leaves the row as it is.
template <typename NewValue>
absl::StatusOr<Block> SetLabel(const FunctionCall& call, SymbolId name, NewValue new_value) {
  const Block& in = *call.arguments[0];
  const QuerySymbols& symbols = call.context.symbols;
  LabelSetBuilder labels(symbols);
  SeriesSet series;
  for (size_t row = 0; row < in.rows(); ++row) {
    const std::optional<SymbolId> value = new_value(row);
    labels.Reset(in.series.labels(row));
    bool drop_name = in.series.drop_name(row);
    if (value) {
      labels.Set(name, *value);
      if (name == symbols.metric_name()) drop_name = false;
    }
    series.Add(labels.pairs(), drop_name);
  }
  Block out = WithSeries(in, std::move(series));
  absl::Status status = MergeEqualSeries(call.context, &out);
  if (!status.ok()) return status;
  return out;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const PreparedCall>> PrepareLabelReplace(const Call& call) {
  const std::string& destination = StringArgument(call, 1);
  const std::string& regex = StringArgument(call, 4);
  auto replacement = Replacement::Create(regex, StringArgument(call, 2));
  if (!replacement.ok()) return InvalidRegex(regex);
  if (!IsValidName(destination)) {
    return Invalid("destination label name", "label_replace", destination);
  }
  return std::make_unique<const PreparedLabelReplace>(*std::move(replacement));
}

absl::StatusOr<Block> LabelReplace(const FunctionCall& call) {
  const std::string& destination = StringArgument(call.call, 1);
  const std::string& source = StringArgument(call.call, 3);
  const Replacement& replacement =
      *static_cast<const PreparedLabelReplace&>(*call.prepared).replacement;
  QuerySymbols& symbols = call.context.symbols;
  const SymbolId source_name = symbols.Intern(source);
  // Many series share few values.
  absl::flat_hash_map<SymbolId, std::optional<SymbolId>> replaced;
  const SeriesSet& series = call.arguments[0]->series;
  return SetLabel(call, symbols.Intern(destination), [&](size_t row) {
    const SymbolId value = QuerySymbols::Find(series.labels(row), source_name);
    const auto [entry, is_new] = replaced.try_emplace(value);
    if (is_new) {
      const std::string_view text = value.is_none() ? std::string_view() : symbols.Text(value);
      if (const auto result = replacement.Apply(text)) entry->second = symbols.Intern(*result);
    }
    return entry->second;
  });
}

absl::StatusOr<std::unique_ptr<const PreparedCall>> PrepareLabelJoin(const Call& call) {
  for (size_t i = 3; i < call.arguments.size(); ++i) {
    const std::string& source = StringArgument(call, i);
    if (!IsValidName(source)) return Invalid("source label name", "label_join", source);
  }
  const std::string& destination = StringArgument(call, 1);
  if (IsValidName(destination)) return nullptr;
  return Invalid("destination label name", "label_join", destination);
}

absl::StatusOr<Block> LabelJoin(const FunctionCall& call) {
  const std::string& destination = StringArgument(call.call, 1);
  const std::string& separator = StringArgument(call.call, 2);
  QuerySymbols& symbols = call.context.symbols;
  std::vector<SymbolId> sources;
  for (size_t i = 3; i < call.call.arguments.size(); ++i) {
    sources.push_back(symbols.Intern(StringArgument(call.call, i)));
  }
  const SeriesSet& series = call.arguments[0]->series;
  std::string joined;
  return SetLabel(call, symbols.Intern(destination), [&](size_t row) {
    joined.clear();
    for (size_t i = 0; i < sources.size(); ++i) {
      if (i > 0) joined += separator;
      joined += symbols.Value(series.labels(row), sources[i]);
    }
    return std::optional<SymbolId>(symbols.Intern(joined));
  });
}

}  // namespace promlite::promql::internal
