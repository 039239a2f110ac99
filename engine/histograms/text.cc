#include "promlite/engine/histograms/text.h"

#include "absl/strings/str_cat.h"
#include "promlite/engine/histograms/buckets.h"
#include "promlite/parser/text/number_printing.h"

namespace promlite {
namespace {

using internal::BoundedBucket;
using internal::GoShortest;

void AppendBucket(const BoundedBucket& bucket, std::string* text) {
  if (bucket.count == 0) return;
  absl::StrAppend(text, ", ", bucket.lower_inclusive ? "[" : "(", GoShortest(bucket.lower), ",",
                  GoShortest(bucket.upper), bucket.upper_inclusive ? "]" : ")", ":",
                  GoShortest(bucket.count));
}

}  // namespace

std::string HistogramText(const Histogram& histogram) {
  std::string text =
      absl::StrCat("{count:", GoShortest(histogram.count), ", sum:", GoShortest(histogram.sum));
  const std::vector<BoundedBucket> negative = internal::NegativeBuckets(histogram);
  for (auto bucket = negative.rbegin(); bucket != negative.rend(); ++bucket) {
    AppendBucket(*bucket, &text);
  }
  AppendBucket(internal::ZeroBucketOf(histogram), &text);
  for (const BoundedBucket& bucket : internal::PositiveBuckets(histogram)) {
    AppendBucket(bucket, &text);
  }
  return text + "}";
}

}  // namespace promlite
