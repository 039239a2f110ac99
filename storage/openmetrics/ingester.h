#ifndef PROMLITE_STORAGE_OPENMETRICS_INGESTER_H_
#define PROMLITE_STORAGE_OPENMETRICS_INGESTER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "promlite/storage/metrics/appender.h"
#include "promlite/storage/openmetrics/text_format.h"
#include "promlite/storage/openmetrics/text_line.h"
#include "promlite/storage/openmetrics/text_options.h"
#include "promlite/storage/openmetrics/text_starts.h"

namespace promlite::internal {

// A line that is wrong.
struct TextProblem {
  enum class Remedy { kNone, kScrapeTime, kTimeUnit };

  size_t line = 0;           // in the text, from 1
  uint64_t byte_offset = 0;  // where it begins in the text
  std::string message;
  Remedy remedy = Remedy::kNone;  // what, if it is said, lets the line be read
};

// Appends a text, in pieces that end where lines end, as `promtool tsdb create-blocks-from
// openmetrics` reads it: `_created` series are series like any other, exemplars are dropped. As in
// Prometheus, `le` and `quantile` are rewritten below the *last* TYPE line, whatever the metric is
// called. Series that become one by that (`le` of 1 and 1.0) keep what comes first in the text
// where their samples bear the same time. Beyond that: several OpenMetrics pages may follow each
// other, and streams have the starts that `_created` tells.
class TextIngester {
 public:
  // Returning false ends the reading.
  using OnProblem = std::function<bool(TextProblem problem)>;

  struct Context {
    // The time of samples that have none; without it they are refused, as they are from the second
    // page on: one time cannot be that of two scrapes.
    std::optional<int64_t> scraped_ms;
    // Of the same text; null: not known. Must outlive the ingester.
    const TextStarts* starts = nullptr;
  };

  TextIngester(TextFormat format, TextOptions options, Context context)
      : format_(format), options_(options), context_(context) {}
  TextIngester(TextFormat format, TextOptions options) : TextIngester(format, options, Context()) {}

  // Good lines are appended, bad ones told. False if `on_problem` ended the reading.
  bool Ingest(std::string_view lines, Appender* appender, const OnProblem& on_problem);

  // The families' metadata. Call after the last piece. InvalidArgument if `# EOF` is missing.
  absl::Status Finish(Appender* appender) const;

  // Samples that were not kept, since a bound written in another way had their time already.
  size_t hidden_samples() const { return hidden_samples_; }

 private:
  // The times of a series whose bound was rewritten: they tell what comes first if it turns out
  // that the text writes the bound in another way too.
  struct BoundedSeries {
    std::string written;  // as first seen
    std::vector<int64_t> times;
    std::optional<absl::flat_hash_set<int64_t>> known_times;  // once it is written in several ways
  };

  absl::Status ReadLine(std::string_view line, Appender* appender);
  void StartPage();
  absl::Status SettleTime();
  absl::Status SetType(std::string_view type);
  absl::Status SetUnit();
  absl::Status AppendSample(Appender* appender);
  bool NormalizeBounds();
  absl::Status FindSeries(Appender* appender);
  void FindStream(Appender* appender, bool is_bounded);
  std::optional<int64_t> StartOfSample() const;
  bool IsHidden(int64_t timestamp_ms);

  const TextFormat format_;
  const TextOptions options_;
  const Context context_;
  TextLine line_;
  TextProblem::Remedy remedy_ = TextProblem::Remedy::kNone;  // of the line's error
  std::map<std::string, MetricMetadata, std::less<>> families_;
  std::string family_, type_;  // the last TYPE line's
  bool ended_ = false;         // by `# EOF`; the next line begins another page
  size_t pages_ = 1;
  size_t lines_ = 0;
  uint64_t bytes_ = 0;
  // The stream of the line before, which is mostly that of the next line too. Good for one piece:
  // the appender may be another in the next.
  std::string_view last_series_;
  StreamId last_stream_;
  BoundedSeries* last_bounded_ = nullptr;  // into bounded_, if the series has a rewritten bound
  const MetricStarts* last_starts_ = nullptr;
  std::optional<int64_t> last_start_ms_;
  std::unordered_map<StreamId, BoundedSeries, absl::Hash<StreamId>> bounded_;
  size_t hidden_samples_ = 0;
  std::vector<LabelView> labels_;
};

// A whole text; the first bad line is the error, with its number.
absl::Status IngestText(std::string_view text, const TextOptions& options, Appender* appender,
                        std::optional<int64_t> scraped_ms = std::nullopt);

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OPENMETRICS_INGESTER_H_
