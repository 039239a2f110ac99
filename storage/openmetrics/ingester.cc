#include "promlite/storage/openmetrics/ingester.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/parser/text/milliseconds.h"
#include "promlite/parser/text/number_printing.h"
#include "promlite/parser/text/number_reading.h"

namespace promlite::internal {
namespace {

constexpr std::array<std::string_view, 8> kOpenMetricsTypes = {
    "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset", "unknown"};
constexpr std::array<std::string_view, 5> kPrometheusTypes = {"counter", "gauge", "histogram",
                                                              "summary", "untyped"};

}  // namespace

bool TextIngester::Ingest(std::string_view lines, Appender* appender, const OnProblem& on_problem) {
  last_series_ = {};
  while (!lines.empty()) {
    const size_t newline = lines.find('\n');
    const bool whole = newline != lines.npos;
    const std::string_view line = lines.substr(0, newline);
    ++lines_;
    remedy_ = TextProblem::Remedy::kNone;
    const absl::Status status = ReadLine(line, appender);
    if (!status.ok() &&
        !on_problem({lines_, bytes_, std::string(Std(status.message())), remedy_})) {
      return false;
    }
    const size_t size = line.size() + (whole ? 1 : 0);
    bytes_ += size;
    lines.remove_prefix(size);
  }
  return true;
}

absl::Status TextIngester::ReadLine(std::string_view line, Appender* appender) {
  if (ended_) {
    if (line.find_first_not_of(" \t\r") == line.npos) return absl::OkStatus();
    StartPage();
  }
  absl::Status status = ParseTextLine(line, format_, options_.time_unit, &line_);
  if (line_.doubts_time_unit) remedy_ = TextProblem::Remedy::kTimeUnit;
  if (!status.ok()) return status;
  switch (line_.kind) {
    case TextLine::Kind::kBlank:
    case TextLine::Kind::kComment:
      return absl::OkStatus();
    case TextLine::Kind::kEof:
      ended_ = true;
      return absl::OkStatus();
    case TextLine::Kind::kHelp:
      families_[std::string(line_.family)].help = Unescape(line_.text);
      return absl::OkStatus();
    case TextLine::Kind::kType:
      return SetType(line_.text);
    case TextLine::Kind::kUnit:
      return SetUnit();
    case TextLine::Kind::kSample:
      break;
  }
  return AppendSample(appender);
}

void TextIngester::StartPage() {
  ended_ = false;
  ++pages_;
  family_.clear();
  type_.clear();
  last_series_ = {};
}

absl::Status TextIngester::SetType(std::string_view type) {
  const bool known = format_ == TextFormat::kOpenMetrics
                         ? std::find(kOpenMetricsTypes.begin(), kOpenMetricsTypes.end(), type) !=
                               kOpenMetricsTypes.end()
                         : std::find(kPrometheusTypes.begin(), kPrometheusTypes.end(), type) !=
                               kPrometheusTypes.end();
  if (!known) return absl::InvalidArgumentError(absl::StrCat("unknown type \"", Absl(type), "\""));
  type_ = type == "untyped" ? "unknown" : std::string(type);
  family_ = std::string(line_.family);
  last_series_ = {};
  families_[std::string(line_.family)].type = type_;
  return absl::OkStatus();
}

absl::Status TextIngester::SetUnit() {
  const std::string_view unit = line_.text;
  const std::string_view family = line_.family;
  if (!unit.empty()) {
    const bool fits = family.size() > unit.size() && family.ends_with(unit) &&
                      family[family.size() - unit.size() - 1] == '_';
    if (!fits) {
      return absl::InvalidArgumentError(absl::StrCat("the unit \"", Absl(unit),
                                                     "\" is not the end of the metric's name \"",
                                                     Absl(family), "\""));
    }
  }
  families_[std::string(family)].unit = std::string(unit);
  return absl::OkStatus();
}

// True if the line has a label that was, or might have been, rewritten.
bool TextIngester::NormalizeBounds() {
  if (!options_.normalize_le || (type_ != "histogram" && type_ != "summary")) return false;
  const std::string_view bound = type_ == "histogram" ? "le" : "quantile";
  bool found = false;
  for (LabelView& label : line_.labels) {
    if (label.first != bound) continue;
    if (const std::optional<double> value = ParseDecimalFloat(label.second)) {
      label.second = line_.unescaped.emplace_back(OpenMetricsNumber(*value));
      found = true;
    }
  }
  return found;
}

absl::Status TextIngester::FindSeries(Appender* appender) {
  const bool is_bounded = NormalizeBounds();
  labels_.assign(line_.labels.begin(), line_.labels.end());
  std::sort(labels_.begin(), labels_.end());
  if (const auto name = RepeatedLabelName(labels_)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the label name \"", Absl(*name), "\" is not unique"));
  }
  std::erase_if(labels_, [](const LabelView& label) { return label.second.empty(); });
  if (labels_.empty()) return absl::InvalidArgumentError("a series without any label");
  last_starts_ =
      context_.starts == nullptr ? nullptr : context_.starts->Find(family_, type_, labels_);
  FindStream(appender, is_bounded);
  last_series_ = line_.series;
  return absl::OkStatus();
}

std::optional<int64_t> TextIngester::StartOfSample() const {
  return last_starts_ == nullptr ? std::nullopt : last_starts_->StartAt(*line_.timestamp_ms);
}

void TextIngester::FindStream(Appender* appender, bool is_bounded) {
  last_start_ms_ = StartOfSample();
  last_stream_ = appender->Stream(labels_, last_start_ms_.value_or(0) * kNanosecondsPerMillisecond);
  last_bounded_ = nullptr;
  if (!is_bounded) return;
  const auto [at, is_new] = bounded_.try_emplace(last_stream_);
  last_bounded_ = &at->second;
  if (is_new) {
    last_bounded_->written = std::string(line_.series);
  } else if (last_bounded_->written != line_.series && !last_bounded_->known_times.has_value()) {
    last_bounded_->known_times.emplace(last_bounded_->times.begin(), last_bounded_->times.end());
    last_bounded_->times = {};
  }
}

bool TextIngester::IsHidden(int64_t timestamp_ms) {
  if (last_bounded_ == nullptr) return false;
  if (last_bounded_->known_times.has_value()) {
    return !last_bounded_->known_times->insert(timestamp_ms).second;
  }
  last_bounded_->times.push_back(timestamp_ms);
  return false;
}

absl::Status TextIngester::SettleTime() {
  if (line_.timestamp_ms.has_value()) return absl::OkStatus();
  if (context_.scraped_ms.has_value() && pages_ == 1) {
    line_.timestamp_ms = context_.scraped_ms;
    return absl::OkStatus();
  }
  if (!context_.scraped_ms.has_value()) remedy_ = TextProblem::Remedy::kScrapeTime;
  return absl::InvalidArgumentError(absl::StrCat(
      pages_ == 1 ? "the sample has no timestamp, and when it was scraped is not said"
                  : "a second page without timestamps: one time cannot be that of two scrapes, "
                    "each has to be a file of its own",
      ", in ", QuotedLine(line_.series)));
}

absl::Status TextIngester::AppendSample(Appender* appender) {
  if (absl::Status status = SettleTime(); !status.ok()) return status;
  const bool same_series = !last_series_.empty() && line_.series == last_series_;
  if (!same_series || StartOfSample() != last_start_ms_) {
    if (absl::Status status = FindSeries(appender); !status.ok()) return status;
  }
  if (IsHidden(*line_.timestamp_ms)) {
    ++hidden_samples_;
  } else {
    appender->Append(last_stream_, *line_.timestamp_ms, line_.value);
  }
  return absl::OkStatus();
}

absl::Status TextIngester::Finish(Appender* appender) const {
  for (const auto& [family, metadata] : families_) appender->SetMetadata(family, metadata);
  if (format_ == TextFormat::kOpenMetrics && !ended_) {
    return absl::InvalidArgumentError("the text ends without `# EOF`");
  }
  return absl::OkStatus();
}

absl::Status IngestText(std::string_view text, const TextOptions& options, Appender* appender,
                        std::optional<int64_t> scraped_ms) {
  const TextFormat format = FormatOfText(text);
  TextStarts starts(options);
  if (format == TextFormat::kOpenMetrics && TextStarts::MayBeIn(text)) {
    starts.Collect(text, scraped_ms.value_or(0));
  }
  starts.Sort();
  absl::Status status;
  TextIngester ingester(format, options, {.scraped_ms = scraped_ms, .starts = &starts});
  const bool good = ingester.Ingest(text, appender, [&](const TextProblem& problem) {
    status = absl::InvalidArgumentError(absl::StrCat("line ", problem.line, " at byte ",
                                                     problem.byte_offset, ": ", problem.message));
    return false;
  });
  return good ? ingester.Finish(appender) : status;
}

}  // namespace promlite::internal
