#include "promlite/apps/repl/options/arguments.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "promlite/parser/text/absl_compat.h"

namespace promlite::repl {
namespace {

using Words = std::vector<std::string_view>;

std::string ErrorOf(const Words& words) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(words);
  return arguments.ok() ? "" : std::string(Std(arguments.status().message()));
}

Arguments Parsed(const Words& words) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(words);
  EXPECT_TRUE(arguments.ok()) << arguments.status();
  return arguments.ok() ? *arguments : Arguments();
}

TEST(ArgumentsTest, OptionsMayStandAmongTheFiles) {
  const Arguments arguments =
      Parsed({"a.binpb", "-c", "up", "b.om", "--output=json", "-c", "down", "--timing"});
  EXPECT_EQ(arguments.files, (std::vector<std::string>{"a.binpb", "b.om"}));
  EXPECT_EQ(arguments.commands, (std::vector<std::string>{"up", "down"}));
  EXPECT_EQ(arguments.output, OutputFormat::kJson);
  EXPECT_TRUE(arguments.timing);
  EXPECT_FALSE(arguments.strict);
}

TEST(ArgumentsTest, ValuesMayBeginWithADash) {
  const Arguments arguments = Parsed({"--start", "-1h", "--end", "-5m", "--step", "15s"});
  EXPECT_EQ(arguments.start, "-1h");
  EXPECT_EQ(arguments.end, "-5m");
  EXPECT_EQ(arguments.step, "15s");
  EXPECT_TRUE(arguments.HasRange());
}

TEST(ArgumentsTest, BehindTwoDashes_AllAreFiles) {
  EXPECT_EQ(Parsed({"--", "--time", "-c"}).files, (std::vector<std::string>{"--time", "-c"}));
}

TEST(ArgumentsTest, WrongOptions_AreRefusedByName) {
  EXPECT_EQ(ErrorOf({"--outptu", "json"}), "unknown option --outptu; did you mean --output?");
  EXPECT_EQ(ErrorOf({"--time"}), "--time needs a value: TIME");
  EXPECT_EQ(ErrorOf({"--strict=yes"}), "--strict takes no value");
  EXPECT_EQ(ErrorOf({"--text-times", "minutes"}), "--text-times: must be seconds or milliseconds");
  EXPECT_TRUE(ErrorOf({"--scraped-at", "then"}).starts_with("--scraped-at: "));
  EXPECT_EQ(ErrorOf({"--output", "xml"}),
            "--output: unknown output format \"xml\": table, json, csv or chart");
  EXPECT_TRUE(ErrorOf({"--time", "yesterday"}).starts_with("--time: cannot parse \"yesterday\""));
  EXPECT_EQ(ErrorOf({"--step", "0"}), "--step: must be at least a millisecond");
  EXPECT_EQ(ErrorOf({"--threads", "-1"}), "--threads: must be a number from 0 to 1024");
  EXPECT_EQ(ErrorOf({"--compat", "prometheus-1"}),
            "--compat: must be prometheus-2 or prometheus-3");
}

TEST(ArgumentsTest, OptionsThatExcludeEachOther_AreRefused) {
  EXPECT_EQ(ErrorOf({"--time", "0", "--start", "0"}),
            "--time and --start, --end, --step exclude each other");
  EXPECT_EQ(ErrorOf({"--queries", "q", "-c", "up"}), "--queries and --command exclude each other");
  EXPECT_EQ(ErrorOf({"--queries", "q", "-o", "csv"}), "--queries answers in JSON only");
}

TEST(ArgumentsTest, TwoFeatures_AreOnByDefault) {
  const EngineOptions engine = Parsed({}).engine;
  EXPECT_TRUE(engine.experimental_functions);
  EXPECT_TRUE(engine.binop_fill_modifiers);
  EXPECT_FALSE(engine.delayed_name_removal);
  EXPECT_FALSE(engine.unquoted_utf8_names);
  EXPECT_FALSE(engine.use_start_timestamps);
}

TEST(ArgumentsTest, FeaturesAreAddedToThoseThatAreOn) {
  const EngineOptions engine =
      Parsed({"--enable-feature", "promql-delayed-name-removal,use-start-timestamps,st-storage"})
          .engine;
  EXPECT_TRUE(engine.experimental_functions);
  EXPECT_TRUE(engine.delayed_name_removal);
  EXPECT_TRUE(engine.use_start_timestamps);
  EXPECT_FALSE(engine.unquoted_utf8_names);
  EXPECT_TRUE(Parsed({"--enable-feature=promql-unquoted-utf8-names"}).engine.unquoted_utf8_names);
}

TEST(ArgumentsTest, FeaturesOfWhatIsAlwaysThere_AreAccepted) {
  for (const std::string feature :
       {"promql-extended-range-selectors", "promql-duration-expr", "xor2-encoding"}) {
    const EngineOptions engine = Parsed({"--enable-feature", "none," + feature}).engine;
    EXPECT_FALSE(engine.experimental_functions) << feature;
  }
}

TEST(ArgumentsTest, FeatureNone_TurnsOffWhatCameBefore) {
  const EngineOptions engine =
      Parsed({"--enable-feature",
              "use-start-timestamps,promql-unquoted-utf8-names,none,promql-binop-fill-modifiers"})
          .engine;
  EXPECT_FALSE(engine.experimental_functions);
  EXPECT_TRUE(engine.binop_fill_modifiers);
  EXPECT_FALSE(engine.unquoted_utf8_names);
  EXPECT_FALSE(engine.use_start_timestamps);
}

TEST(ArgumentsTest, CompatibilityWithPrometheus2_TurnsFeaturesAndLabelRewritingOff) {
  // Wherever the options stand.
  const Arguments arguments =
      Parsed({"--enable-feature", "promql-delayed-name-removal", "--compat", "prometheus-2"});
  EXPECT_EQ(arguments.engine.compatibility, Compatibility::kPrometheus2);
  EXPECT_FALSE(arguments.engine.experimental_functions);
  EXPECT_FALSE(arguments.engine.binop_fill_modifiers);
  EXPECT_TRUE(arguments.engine.delayed_name_removal);
  EXPECT_FALSE(arguments.database.text.normalize_le);
  EXPECT_TRUE(Parsed({}).database.text.normalize_le);
}

TEST(ArgumentsTest, UnknownFeatures_AreRefused) {
  EXPECT_EQ(ErrorOf({"--enable-feature", "promql-experimental-function"}),
            "--enable-feature: unknown feature \"promql-experimental-function\"; did you mean "
            "promql-experimental-functions?");
  EXPECT_EQ(ErrorOf({"--enable-feature", "otlp-deltatocumulative,otlp-native-delta-ingestion"}),
            "--enable-feature: cannot enable otlp-deltatocumulative and "
            "otlp-native-delta-ingestion features at the same time");
}

TEST(ArgumentsTest, FeaturesOfIngestion_ReachTheDatabase) {
  EXPECT_EQ(Parsed({"--enable-feature=otlp-deltatocumulative"}).database.otlp.delta,
            OtlpOptions::Delta::kToCumulative);
  EXPECT_EQ(Parsed({"--enable-feature=otlp-native-delta-ingestion"}).database.otlp.delta,
            OtlpOptions::Delta::kKeep);
  const Arguments arguments = Parsed({"--enable-feature=type-and-unit-labels"});
  EXPECT_TRUE(arguments.database.otlp.type_and_unit_labels);
  EXPECT_TRUE(arguments.engine.type_and_unit_labels);
}

TEST(ArgumentsTest, OtlpSettings_AreReadAsYaml) {
  const OtlpOptions otlp =
      Parsed({"--otlp", "promote_resource_attributes=[service.version, 'os.type',]", "--otlp",
              "translation_strategy=NoTranslation", "--otlp", "promote_scope_metadata=Yes",
              "--otlp=label_name_underscore_sanitization=false"})
          .database.otlp;
  EXPECT_EQ(otlp.promote_resource_attributes,
            (std::vector<std::string>{"service.version", "os.type"}));
  EXPECT_EQ(otlp.translation_strategy, OtlpOptions::TranslationStrategy::kNoTranslation);
  EXPECT_TRUE(otlp.promote_scope_metadata);
  EXPECT_FALSE(otlp.label_name_underscore_sanitization);
  EXPECT_TRUE(Parsed({"--otlp", "promote_resource_attributes=[]"})
                  .database.otlp.promote_resource_attributes.empty());
}

TEST(ArgumentsTest, WrongOtlpSettings_AreRefused) {
  EXPECT_EQ(ErrorOf({"--otlp", "promote"}), "--otlp: \"promote\" is not of the form KEY=VALUE");
  EXPECT_EQ(ErrorOf({"--otlp", "promote_scope_metadta=true"}),
            "--otlp: unknown key \"promote_scope_metadta\"; did you mean promote_scope_metadata?");
  EXPECT_EQ(ErrorOf({"--otlp", "promote_scope_metadata=2"}),
            "--otlp: promote_scope_metadata: \"2\" is neither true nor false");
  EXPECT_EQ(ErrorOf({"--otlp", "promote_resource_attributes=a"}),
            "--otlp: promote_resource_attributes: \"a\" is not a list such as [a, b]");
  EXPECT_EQ(ErrorOf({"--otlp", "translation_strategy=None"}),
            "--otlp: translation_strategy: unsupported OTLP translation strategy \"None\"");
  EXPECT_EQ(ErrorOf({"--otlp", "ignore_resource_attributes=[a]"}),
            "--otlp: 'ignore_resource_attributes' cannot be configured unless "
            "'promote_all_resource_attributes' is true");
}

TEST(ArgumentsTest, EveryOption_HasAHelpText) {
  for (const OptionHelp& option : AllOptions()) {
    EXPECT_FALSE(option.text.empty()) << option.spelling;
    EXPECT_NE(option.spelling.find("--"), std::string::npos);
  }
}

}  // namespace
}  // namespace promlite::repl
