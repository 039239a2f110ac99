#include "promlite/apps/repl/commands/help_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "promlite/apps/repl/options/arguments.h"
#include "promlite/apps/repl/text/text.h"
#include "promlite/apps/shared/feature_names.h"
#include "promlite/apps/shared/otlp_settings.h"

namespace promlite::repl {
namespace {

constexpr size_t kNarrowest = 60;

// A term and its explanation, the latter wrapped beside it.
void AddEntry(std::string_view term, std::string_view text, size_t indent, size_t width,
              std::string* out) {
  const std::vector<std::string> lines = Wrap(text, width - indent);
  *out += "  ";
  *out += PadRight(term, indent - 4);
  const bool own_line = DisplayWidth(term) > indent - 4;
  *out += own_line ? "\n" + std::string(indent, ' ') : "  ";
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) *out += std::string(indent, ' ');
    *out += lines[i];
    *out += '\n';
  }
}

void AddParagraph(std::string_view text, size_t indent, size_t width, std::string* out) {
  for (const std::string& line : Wrap(text, width - indent)) {
    *out += std::string(indent, ' ');
    *out += line;
    *out += '\n';
  }
}

std::string Join(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

}  // namespace

std::string HelpText(size_t width) {
  width = std::max(width, kNarrowest);
  std::string out = "Usage: repl [OPTION...] DATA...\n\n";
  AddParagraph(
      "Answers PromQL from captured telemetry, as Prometheus 3.16 would. Each DATA is a file: OTLP "
      "metrics as the OpenTelemetry Collector's file exporter writes them (JSON lines, "
      "length-prefixed protobuf, zstd), the same of OTLP logs (whose events api_request the doctor "
      "sets beside Claude Code's counters), single OTLP or remote-write request bodies, "
      "OpenMetrics or Prometheus text with timestamps, or .plc, which --save writes; gzip or zstd "
      "may be around any of them.",
      0, width, &out);
  out += '\n';
  AddParagraph(
      "In a terminal it opens a shell (\\help lists its commands). If standard input is no "
      "terminal, it is read as a script of the same language: a query a line, going on in the next "
      "lines while brackets are open or an operator is missing its operand; # begins a comment.",
      0, width, &out);
  out += "\nOptions:\n";
  for (const OptionHelp& option : AllOptions()) {
    AddEntry(option.spelling, option.text, 32, width, &out);
  }
  out += "\nTIME is one of\n";
  AddEntry("2026-06-01T12:00:00Z", "RFC 3339, in UTC where it names no zone", 32, width, &out);
  AddEntry("1780315200.5", "Unix seconds", 32, width, &out);
  AddEntry("-1h30m", "a duration before the newest sample; +5m: after it", 32, width, &out);
  AddEntry("newest, oldest, now", "the last sample, the first one, the machine's clock", 32, width,
           &out);
  out += "DURATION is 15s, 1h30m, 500ms, or a number of seconds.\n";
  out += "\nFeatures:\n";
  AddParagraph(Join(FeatureNames()), 2, width, &out);
  AddParagraph("The first two are on unless --compat prometheus-2 or the feature none is given.", 2,
               width, &out);
  out += "\nKeys of --otlp:\n";
  AddParagraph(Join(OtlpKeys()), 2, width, &out);
  out += '\n';
  AddParagraph(
      "The exit code is 0 if all went well, 1 after any error (a wrong option, a bad record in "
      "DATA, "
      "of which the rest is loaded and answered all the same, a failed query), and 3 if there was "
      "none, but --doctor or \\doctor found something in the data that makes a way of counting "
      "wrong.",
      0, width, &out);
  return out;
}

std::string VersionText() {
  return "promlite " PROMLITE_VERSION ", which answers as Prometheus 3.16 does\n";
}

}  // namespace promlite::repl
