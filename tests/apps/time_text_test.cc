#include "promlite/apps/shared/time_text.h"

#include <gtest/gtest.h>

#include <string>

namespace promlite::repl {
namespace {

// 2026-06-01T12:00:00Z is 1780315200.
const TimeReference kReference = {absl::FromUnixSeconds(1780300000),
                                  absl::FromUnixSeconds(1780315200),
                                  absl::FromUnixSeconds(1790000000)};

int64_t Ms(std::string_view text) {
  const absl::StatusOr<absl::Time> time = ParseTime(text, kReference);
  EXPECT_TRUE(time.ok()) << text << ": " << time.status();
  return time.ok() ? absl::ToUnixMillis(*time) : -1;
}

TEST(TimeTextTest, TimesAreReadInEveryForm) {
  EXPECT_EQ(Ms("2026-06-01T12:00:00Z"), 1780315200000);
  EXPECT_EQ(Ms("2026-06-01T14:00:00.5+02:00"), 1780315200500);
  EXPECT_EQ(Ms("2026-06-01 12:00:00"), 1780315200000);
  EXPECT_EQ(Ms("2026-06-01"), 1780272000000);
  EXPECT_EQ(Ms("20260601"), 1780272000000);
  EXPECT_EQ(Ms("20261301"), 20261301000);  // no date
  EXPECT_EQ(Ms("1780315200.25"), 1780315200250);
  EXPECT_EQ(Ms("1.7803152e9"), 1780315200000);
  EXPECT_EQ(Ms(" newest "), 1780315200000);
  EXPECT_EQ(Ms("oldest"), 1780300000000);
  EXPECT_EQ(Ms("now"), 1790000000000);
}

TEST(TimeTextTest, SignedDurations_AreRelativeToTheNewestSample) {
  EXPECT_EQ(Ms("-1h"), 1780315200000 - 3600000);
  EXPECT_EQ(Ms("-1h30m"), 1780315200000 - 5400000);
  EXPECT_EQ(Ms("+500ms"), 1780315200500);
}

TEST(TimeTextTest, WhatIsNoTime_IsRefused) {
  for (const char* text : {"", "yesterday", "1h", "-1q", "2026-13-01", "1e30", "--1h", "-"}) {
    EXPECT_FALSE(ParseTime(text, kReference).ok()) << text;
  }
}

TEST(TimeTextTest, Durations) {
  EXPECT_EQ(*ParseDuration("1h30m"), absl::Minutes(90));
  EXPECT_EQ(*ParseDuration("1d500ms"), absl::Hours(24) + absl::Milliseconds(500));
  EXPECT_EQ(*ParseDuration("0.5"), absl::Milliseconds(500));
  EXPECT_EQ(*ParseDuration("90"), absl::Seconds(90));
  for (const char* text : {"", "m", "1m1h", "5x", "-5m", "1.5m", "300y", "1h1h", " 1h"}) {
    EXPECT_FALSE(ParseDuration(text).ok()) << text;
  }
}

TEST(TimeTextTest, TimesAndDurationsAreWrittenAsTheyAreRead) {
  EXPECT_EQ(TimeTextMs(1780315200000), "2026-06-01T12:00:00Z");
  EXPECT_EQ(TimeTextMs(1780315200007), "2026-06-01T12:00:00.007Z");
  EXPECT_EQ(TimeTextMs(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(DurationText(absl::Minutes(90)), "1h30m");
  EXPECT_EQ(DurationText(absl::ZeroDuration()), "0s");
  EXPECT_EQ(DurationText(absl::Hours(24 * 60)), "60d");
  EXPECT_EQ(DurationText(absl::Milliseconds(1500)), "1s500ms");
}

TEST(TimeTextTest, TheDefaultStep_Is250thOfTheRange) {
  const absl::Time start = absl::UnixEpoch();
  EXPECT_EQ(DefaultStep(start, start + absl::Hours(1)), absl::Seconds(14));  // 14.4
  EXPECT_EQ(DefaultStep(start, start + absl::Seconds(10)), absl::Seconds(1));
  EXPECT_EQ(DefaultStep(start, start), absl::Seconds(1));
}

}  // namespace
}  // namespace promlite::repl
