#include "promlite/tests/newer_release/difference_kind.h"

#include <utility>

namespace promlite::newer_release {
namespace {

bool Holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

DifferenceKind KindOf(std::string_view difference) {
  // An instant case of a script is asked again in other ways, and says so before anything else.
  constexpr std::string_view kAskedAgain = "as a range query: ";
  if (difference.starts_with(kAskedAgain)) difference.remove_prefix(kAskedAgain.size());
  static constexpr std::pair<std::string_view, DifferenceKind> kBeginnings[] = {
      {"status:", DifferenceKind::kRefusal},
      {"expected an error but got none", DifferenceKind::kRefusal},
      {"error", DifferenceKind::kErrorText},
      {"another error was expected", DifferenceKind::kErrorText},
      {"missing:", DifferenceKind::kSeries},
      {"not expected:", DifferenceKind::kSeries},
      {"a series stands", DifferenceKind::kSeries},
      {"unexpected metric", DifferenceKind::kSeries},
      {"resultType", DifferenceKind::kSeries},
      {"order", DifferenceKind::kOrder},
      {"matrix results should", DifferenceKind::kOrder},
      {"warnings:", DifferenceKind::kAnnotations},
      {"infos:", DifferenceKind::kAnnotations},
      {"unexpected warn", DifferenceKind::kAnnotations},
      {"unexpected info", DifferenceKind::kAnnotations},
      {"unexpected no_", DifferenceKind::kAnnotations},
  };
  for (const auto& [beginning, kind] : kBeginnings) {
    if (difference.starts_with(beginning)) return kind;
  }
  if (Holds(difference, " annotation")) return DifferenceKind::kAnnotations;
  if (Holds(difference, " at position ")) return DifferenceKind::kOrder;
  if (difference.starts_with("expected metric")) return DifferenceKind::kSeries;
  // What is left of a script's words are errors of queries that should have had an answer.
  return Holds(difference, "expected ") ? DifferenceKind::kValues : DifferenceKind::kRefusal;
}

std::string_view NameOf(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kNotUnderstood:
      return "not understood";
    case DifferenceKind::kRefusal:
      return "an error where the other answers";
    case DifferenceKind::kErrorText:
      return "text of an error";
    case DifferenceKind::kSeries:
      return "series and labels";
    case DifferenceKind::kValues:
      return "values";
    case DifferenceKind::kLastDigits:
      return "last digits of values";
    case DifferenceKind::kOrder:
      return "order";
    case DifferenceKind::kAnnotations:
      return "warnings and infos";
  }
  return "";
}

}  // namespace promlite::newer_release
