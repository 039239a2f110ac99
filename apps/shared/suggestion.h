#ifndef PROMLITE_APPS_SHARED_SUGGESTION_H_
#define PROMLITE_APPS_SHARED_SUGGESTION_H_

#include <span>
#include <string>
#include <string_view>

namespace promlite::repl {

// The candidate that `typed` was probably meant to be: one that begins with it, or else the nearest
// within a third of its length in typing errors (insertions, deletions, replacements, swapped
// neighbours). Empty if none is near.
std::string NearestName(std::string_view typed, std::span<const std::string_view> candidates);

// "; did you mean X?", or nothing.
std::string DidYouMean(std::string_view typed, std::span<const std::string_view> candidates);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_SHARED_SUGGESTION_H_
