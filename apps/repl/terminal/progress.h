#ifndef PROMLITE_APPS_REPL_TERMINAL_PROGRESS_H_
#define PROMLITE_APPS_REPL_TERMINAL_PROGRESS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace promlite::repl {

// What is counted.
enum class ProgressUnit { kBytes, kSeries };

// One line of progress, at most `width` cells:
//   usage.binpb ████████············  42 %  512 MB/s
std::string ProgressLine(std::string_view name, uint64_t done, uint64_t total,
                         absl::Duration elapsed, size_t width,
                         ProgressUnit unit = ProgressUnit::kBytes);

// Draws such a line on standard error, over and over, for what takes long enough to be worth it,
// and takes it away at the end. Draws nothing if standard error is no terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::string name, ProgressUnit unit = ProgressUnit::kBytes);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Update(uint64_t done, uint64_t total);

 private:
  const std::string name_;
  const ProgressUnit unit_;
  const absl::Time started_;
  absl::Time drawn_at_;
  size_t width_;  // 0: nothing is drawn
  bool drawn_ = false;
};

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_TERMINAL_PROGRESS_H_
