#include "promlite/apps/repl/options/arguments.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "promlite/apps/repl/report/report_words.h"
#include "promlite/apps/shared/feature_names.h"
#include "promlite/apps/shared/otlp_settings.h"
#include "promlite/apps/shared/suggestion.h"
#include "promlite/apps/shared/time_text.h"
#include "promlite/apps/shared/words.h"
#include "promlite/parser/text/absl_compat.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite::repl {
namespace {

// More threads than any machine has processors are a typing error.
constexpr int kMostThreads = 1024;

// What is being read. Some options depend on others that may stand behind them, so they are applied
// when all have been seen.
struct Reading {
  Arguments arguments;
  std::vector<std::string> feature_lists;
  std::string report_options;
};

struct Option {
  std::string_view name;   // "--time"
  std::string_view brief;  // "-c", or empty
  std::string_view value;  // what stands for the value in the help text; empty: takes none
  std::string_view text;
  absl::Status (*apply)(std::string_view value, Reading* reading);
};

template <typename T>
absl::Status Store(absl::StatusOr<T> parsed, T* target) {
  if (!parsed.ok()) return parsed.status();
  *target = *std::move(parsed);
  return absl::OkStatus();
}

// Only whether it can be read: what it means depends on the data.
absl::Status StoreTime(std::string_view value, std::optional<std::string>* target) {
  *target = std::string(value);
  return ParseTime(value, {absl::UnixEpoch(), absl::UnixEpoch(), absl::UnixEpoch()}).status();
}

absl::Status ApplyStep(std::string_view value, Reading* reading) {
  const absl::StatusOr<absl::Duration> step = ParseDuration(value);
  if (!step.ok()) return step.status();
  if (*step < absl::Milliseconds(1)) {
    return absl::InvalidArgumentError("must be at least a millisecond");
  }
  reading->arguments.step = std::string(value);
  return absl::OkStatus();
}

absl::Status ApplyOutput(std::string_view value, Reading* reading) {
  reading->arguments.output_is_set = true;
  return Store(ParseOutputFormat(value), &reading->arguments.output);
}

absl::Status ApplyCompatibility(std::string_view value, Reading* reading) {
  if (value == "prometheus-2") {
    reading->arguments.engine.compatibility = Compatibility::kPrometheus2;
    reading->arguments.database.text.normalize_le = false;
    return absl::OkStatus();
  }
  if (value == "prometheus-3") {
    reading->arguments.engine.compatibility = Compatibility::kPrometheus3;
    reading->arguments.database.text.normalize_le = true;
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("must be prometheus-2 or prometheus-3");
}

absl::Status ApplyLookback(std::string_view value, Reading* reading) {
  absl::Duration lookback;
  if (absl::Status status = Store(ParseDuration(value), &lookback); !status.ok()) return status;
  if (lookback < absl::Milliseconds(1)) {
    return absl::InvalidArgumentError("must be at least a millisecond");
  }
  reading->arguments.engine.lookback_delta = lookback;
  reading->arguments.database.otlp.lookback_delta_ms = absl::ToInt64Milliseconds(lookback);
  return absl::OkStatus();
}

// Before any file is loaded there is no newest sample.
absl::Status ApplyScrapedAt(std::string_view value, Reading* reading) {
  if (value == "file") {
    reading->arguments.scraped_when_modified = true;
    return absl::OkStatus();
  }
  const absl::Time now = absl::Now();
  absl::Time time;
  if (absl::Status status = Store(ParseTime(value, {now, now, now}), &time); !status.ok()) {
    return status;
  }
  reading->arguments.scraped_at = time;
  return absl::OkStatus();
}

absl::Status ApplyTextTimes(std::string_view value, Reading* reading) {
  if (value != "seconds" && value != "milliseconds") {
    return absl::InvalidArgumentError("must be seconds or milliseconds");
  }
  reading->arguments.database.text.time_unit =
      value == "seconds" ? TextOptions::TimeUnit::kSeconds : TextOptions::TimeUnit::kMilliseconds;
  return absl::OkStatus();
}

absl::Status ApplyTimeout(std::string_view value, Reading* reading) {
  return Store(ParseDuration(value), &reading->arguments.engine.timeout);
}

absl::Status ApplyMaxSamples(std::string_view value, Reading* reading) {
  if (!absl::SimpleAtoi(Absl(value), &reading->arguments.engine.max_samples) ||
      reading->arguments.engine.max_samples < 1) {
    return absl::InvalidArgumentError("must be a number from 1");
  }
  return absl::OkStatus();
}

absl::Status ApplyThreads(std::string_view value, Reading* reading) {
  int threads;
  if (!absl::SimpleAtoi(Absl(value), &threads) || threads < 0 || threads > kMostThreads) {
    return absl::InvalidArgumentError(absl::StrCat("must be a number from 0 to ", kMostThreads));
  }
  reading->arguments.engine.threads = threads;
  return absl::OkStatus();
}

// What is wrong with it can be told before any file is read; what it means depends on the data.
absl::Status CheckReport(const std::string& report) {
  return ParseReportWords(report, {absl::UnixEpoch(), absl::UnixEpoch(), absl::UnixEpoch()})
      .status();
}

absl::Status AddReportOption(std::string_view name, std::string_view value, Reading* reading) {
  absl::StrAppend(&reading->report_options, " ", Absl(name), " ", EscapeWord(value));
  return absl::OkStatus();
}

constexpr Option kOptions[] = {
    {"--command", "-c", "QUERY",
     "answer QUERY and leave; may be given several times; meta commands such as '\\metrics' work "
     "too",
     [](std::string_view value, Reading* reading) {
       reading->arguments.commands.emplace_back(value);
       return absl::OkStatus();
     }},
    {"--time", "-t", "TIME", "when queries are evaluated; without it at the newest sample",
     [](std::string_view value, Reading* reading) {
       return StoreTime(value, &reading->arguments.time);
     }},
    {"--start", "", "TIME", "ask for a range that begins here; without it at the oldest sample",
     [](std::string_view value, Reading* reading) {
       return StoreTime(value, &reading->arguments.start);
     }},
    {"--end", "", "TIME", "ask for a range that ends here; without it at the newest sample",
     [](std::string_view value, Reading* reading) {
       return StoreTime(value, &reading->arguments.end);
     }},
    {"--step", "", "DURATION",
     "the distance of the range's points; without it a 250th of the range, in whole seconds",
     ApplyStep},
    {"--output", "-o", "FORMAT",
     "table, json (the body of Prometheus' HTTP API, one a line), csv or chart", ApplyOutput},
    {"--queries", "", "FILE",
     "answer a file of JSON lines, {\"query\": Q, \"time\": T} or {\"query\": Q, \"start\": A, "
     "\"end\": B, \"step\": S} in seconds, with one JSON body a line",
     [](std::string_view value, Reading* reading) {
       reading->arguments.queries_file = std::string(value);
       return value.empty() ? absl::InvalidArgumentError("must name a file") : absl::OkStatus();
     }},
    {"--doctor", "", "",
     "say what each way of counting answers for every counter, what in the data makes some of them "
     "wrong, and what can be told of the truth (where logs are loaded, also what Claude Code's "
     "events say), "
     "as a table or JSON; the exit code is 3 if anything is wrong",
     [](std::string_view, Reading* reading) {
       reading->arguments.doctor = true;
       return absl::OkStatus();
     }},
    {"--report", "", "ROWS",
     "say what Claude Code and other agents cost and did, counted exactly, by day, week, month, "
     "session or user, "
     "'day by model' with a row a model, as a table, JSON or CSV (which has no row for the total)",
     [](std::string_view value, Reading* reading) {
       reading->arguments.report = std::string(value);
       return value.empty()
                  ? absl::InvalidArgumentError("must be day, week, month, session or user")
                  : CheckReport(reading->arguments.report);
     }},
    {"--since", "", "TIME", "the report counts from here on; a date is that of --timezone",
     [](std::string_view value, Reading* reading) {
       return AddReportOption("--since", value, reading);
     }},
    {"--until", "", "TIME", "the report counts up to here; a date counts to its end",
     [](std::string_view value, Reading* reading) {
       return AddReportOption("--until", value, reading);
     }},
    {"--timezone", "", "ZONE",
     "whose days the report's are: Europe/Berlin, +05:30, local (the machine's), or UTC, the "
     "default",
     [](std::string_view value, Reading* reading) {
       return AddReportOption("--timezone", value, reading);
     }},
    {"--show-queries", "", "", "print also the queries of the report, and their times",
     [](std::string_view, Reading* reading) {
       reading->report_options += " --show-queries";
       return absl::OkStatus();
     }},
    {"--timing", "", "",
     "say how long each query took; in JSON as \"queryMillis\", otherwise on standard error",
     [](std::string_view, Reading* reading) {
       reading->arguments.timing = true;
       return absl::OkStatus();
     }},
    {"--save", "", "FILE", "write what was loaded to FILE (.plc); alone, that is all that is done",
     [](std::string_view value, Reading* reading) {
       reading->arguments.save_file = std::string(value);
       return value.empty() ? absl::InvalidArgumentError("must name a file") : absl::OkStatus();
     }},
    {"--strict", "", "", "answer nothing if any record of DATA is bad",
     [](std::string_view, Reading* reading) {
       reading->arguments.strict = true;
       return absl::OkStatus();
     }},
    {"--scraped-at", "", "TIME",
     "when the samples of DATA without a timestamp were scraped: a time, or file, when each file "
     "was last modified",
     ApplyScrapedAt},
    {"--text-times", "", "UNIT",
     "seconds or milliseconds: what OpenMetrics and Prometheus text has its times in; without it "
     "what its format says",
     ApplyTextTimes},
    {"--all-problems", "", "", "say all that is wrong with DATA, not one problem of each kind",
     [](std::string_view, Reading* reading) {
       reading->arguments.all_problems = true;
       return absl::OkStatus();
     }},
    {"--compat", "", "VERSION",
     "prometheus-3 (3.16, the default) or prometheus-2: answer as Prometheus 2.42 does",
     ApplyCompatibility},
    {"--enable-feature", "", "NAME,...",
     "turn features of Prometheus on; none turns off also those that are on by default",
     [](std::string_view value, Reading* reading) {
       reading->feature_lists.emplace_back(value);
       return absl::OkStatus();
     }},
    {"--otlp", "", "KEY=VALUE",
     "a setting of the otlp section of Prometheus' configuration; lists as [a, b]; may be given "
     "several times",
     [](std::string_view value, Reading* reading) {
       return ApplyOtlpSetting(value, &reading->arguments.database.otlp);
     }},
    {"--lookback-delta", "", "DURATION",
     "how long a sample counts as the current one; 5m by default", ApplyLookback},
    {"--timeout", "", "DURATION", "how long one query may take; 2m by default", ApplyTimeout},
    {"--max-samples", "", "N", "how many samples one query may hold; 50000000 by default",
     ApplyMaxSamples},
    {"--threads", "", "N", "how many threads a query may use; by default all processors",
     ApplyThreads},
    {"--help", "-h", "", "print this text",
     [](std::string_view, Reading* reading) {
       reading->arguments.help = true;
       return absl::OkStatus();
     }},
    {"--version", "", "", "print the version",
     [](std::string_view, Reading* reading) {
       reading->arguments.version = true;
       return absl::OkStatus();
     }},
};

absl::StatusOr<const Option*> FindOption(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Option& option : kOptions) {
    if (option.name == name || (!option.brief.empty() && option.brief == name)) return &option;
    names.push_back(option.name);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unknown option ", Absl(name), DidYouMean(name, names)));
}

// Reads the option at words[*index] and moves on to its last word.
absl::Status ReadOption(const std::vector<std::string_view>& words, size_t* index,
                        Reading* reading) {
  const std::string_view word = words[*index];
  const size_t equals = word.starts_with("--") ? word.find('=') : std::string_view::npos;
  const absl::StatusOr<const Option*> option = FindOption(word.substr(0, equals));
  if (!option.ok()) return option.status();
  const Option& found = **option;
  std::string_view value;
  if (equals != std::string_view::npos) {
    if (found.value.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(Absl(found.name), " takes no value"));
    }
    value = word.substr(equals + 1);
  } else if (!found.value.empty()) {
    if (*index + 1 == words.size()) {
      return absl::InvalidArgumentError(
          absl::StrCat(Absl(found.name), " needs a value: ", Absl(found.value)));
    }
    value = words[++*index];
  }
  const absl::Status status = found.apply(value, reading);
  if (status.ok()) return status;
  return absl::InvalidArgumentError(absl::StrCat(Absl(found.name), ": ", status.message()));
}

absl::Status FinishReport(Reading* reading) {
  Arguments& arguments = reading->arguments;
  if (reading->report_options.empty()) return absl::OkStatus();
  if (arguments.report.empty()) {
    return absl::InvalidArgumentError(
        "--since, --until, --timezone and --show-queries belong to --report");
  }
  arguments.report += reading->report_options;
  return CheckReport(arguments.report);
}

absl::Status CheckTogether(const Arguments& arguments) {
  if (arguments.time && arguments.HasRange()) {
    return absl::InvalidArgumentError("--time and --start, --end, --step exclude each other");
  }
  if (!arguments.queries_file.empty() && !arguments.commands.empty()) {
    return absl::InvalidArgumentError("--queries and --command exclude each other");
  }
  if (arguments.doctor && !(arguments.queries_file.empty() && arguments.commands.empty())) {
    return absl::InvalidArgumentError("--doctor and --command, --queries exclude each other");
  }
  if (!arguments.report.empty() &&
      (arguments.doctor || !arguments.queries_file.empty() || !arguments.commands.empty())) {
    return absl::InvalidArgumentError(
        "--report and --command, --doctor, --queries exclude each other");
  }
  if (!arguments.report.empty() && (arguments.time || arguments.HasRange())) {
    return absl::InvalidArgumentError(
        "--report counts from --since to --until, not by --time, --start, --end, --step");
  }
  if (!arguments.queries_file.empty() && arguments.output_is_set &&
      arguments.output != OutputFormat::kJson) {
    return absl::InvalidArgumentError("--queries answers in JSON only");
  }
  if (absl::Status status = CheckOtlpOptions(arguments.database.otlp); !status.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("--otlp: ", status.message()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Arguments> ParseArguments(const std::vector<std::string_view>& words) {
  Reading reading;
  bool only_files = false;
  for (size_t i = 0; i < words.size(); ++i) {
    if (only_files || !words[i].starts_with('-') || words[i] == "-") {
      reading.arguments.files.emplace_back(words[i]);
    } else if (words[i] == "--") {
      only_files = true;
    } else if (absl::Status status = ReadOption(words, &i, &reading); !status.ok()) {
      return status;
    }
  }
  Arguments& arguments = reading.arguments;
  SetDefaultFeatures(&arguments.engine, &arguments.database.otlp);
  for (const std::string& list : reading.feature_lists) {
    const absl::Status status = EnableFeatures(list, &arguments.engine, &arguments.database.otlp);
    if (!status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--enable-feature: ", status.message()));
    }
  }
  if (absl::Status status = FinishReport(&reading); !status.ok()) return status;
  if (absl::Status status = CheckTogether(arguments); !status.ok()) return status;
  return std::move(reading.arguments);
}

std::vector<OptionHelp> AllOptions() {
  std::vector<OptionHelp> help;
  for (const Option& option : kOptions) {
    std::string spelling = option.brief.empty() ? "    " : absl::StrCat(Absl(option.brief), ", ");
    absl::StrAppend(&spelling, Absl(option.name));
    if (!option.value.empty()) absl::StrAppend(&spelling, " ", Absl(option.value));
    help.push_back({std::move(spelling), option.text});
  }
  return help;
}

}  // namespace promlite::repl
