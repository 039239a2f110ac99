#ifndef PROMLITE_TESTS_NEWER_RELEASE_DIFFERENCE_KIND_H_
#define PROMLITE_TESTS_NEWER_RELEASE_DIFFERENCE_KIND_H_

#include <string_view>

namespace promlite::newer_release {

// In what two answers to a query differ.
enum class DifferenceKind {
  kNotUnderstood,  // a script or a recording that promlite cannot read
  kRefusal,        // an error where the other has an answer
  kErrorText,
  kSeries,  // their labels, or whether they are there
  kValues,
  kLastDigits,  // of values
  kOrder,
  kAnnotations,
};

// What the words of a difference tell: those of golden::BodyDifference(), and those of a case of a
// script that failed. (Last digits are told apart by numbers alone: never kLastDigits.)
DifferenceKind KindOf(std::string_view difference);

std::string_view NameOf(DifferenceKind kind);

}  // namespace promlite::newer_release

#endif  // PROMLITE_TESTS_NEWER_RELEASE_DIFFERENCE_KIND_H_
