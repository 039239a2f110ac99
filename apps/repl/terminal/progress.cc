#include "promlite/apps/repl/terminal/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "absl/time/clock.h"
#include "promlite/apps/repl/terminal/terminal.h"
#include "promlite/apps/repl/text/text.h"

namespace promlite::repl {
namespace {

constexpr absl::Duration kQuietFor = absl::Milliseconds(300);
constexpr absl::Duration kRedrawEvery = absl::Milliseconds(60);
constexpr size_t kMostBarCells = 40;
constexpr size_t kMostNameCells = 30;

std::string Rate(uint64_t done, absl::Duration elapsed, ProgressUnit unit) {
  const double rate = static_cast<double>(done) / std::max(absl::ToDoubleSeconds(elapsed), 1e-3);
  char text[32];
  if (unit == ProgressUnit::kBytes) {
    std::snprintf(text, sizeof(text), "%.0f MB/s", rate / 1e6);
  } else {
    std::snprintf(text, sizeof(text), "%.0f series/s", rate);
  }
  return text;
}

}  // namespace

std::string ProgressLine(std::string_view name, uint64_t done, uint64_t total,
                         absl::Duration elapsed, size_t width, ProgressUnit unit) {
  const double fraction =
      total == 0 ? 1 : std::min(static_cast<double>(done) / static_cast<double>(total), 1.0);
  char percent[16];
  std::snprintf(percent, sizeof(percent), " %3.0f %%  ", std::floor(fraction * 100));
  const std::string label = Shorten(Printable(name), kMostNameCells) + " ";
  const std::string tail = percent + Rate(done, elapsed, unit);
  const size_t taken = DisplayWidth(label) + DisplayWidth(tail);
  if (taken + 5 > width) return Shorten(label + tail, width);
  const size_t cells = std::min(width - taken, kMostBarCells);
  const auto filled = static_cast<size_t>(fraction * static_cast<double>(cells));
  return label + Repeat("█", filled) + Repeat("·", cells - filled) + tail;
}

ProgressBar::ProgressBar(std::string name, ProgressUnit unit)
    : name_(std::move(name)), unit_(unit), started_(absl::Now()) {
  const Terminal terminal = DescribeTerminal(stderr);
  width_ = terminal.is_terminal ? std::max<size_t>(terminal.width, 20) : 0;
}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void ProgressBar::Update(uint64_t done, uint64_t total) {
  if (width_ == 0) return;
  const absl::Time now = absl::Now();
  if (now - started_ < kQuietFor || (drawn_ && now - drawn_at_ < kRedrawEvery)) return;
  // The last cell stays free: a terminal may begin a new line behind it.
  const std::string line = ProgressLine(name_, done, total, now - started_, width_ - 1, unit_);
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
  drawn_ = true;
  drawn_at_ = now;
}

}  // namespace promlite::repl
