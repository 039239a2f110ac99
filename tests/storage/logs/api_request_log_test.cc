#include "promlite/storage/logs/api_request_log.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace promlite::internal {
namespace {

constexpr int64_t kMillisecond = 1'000'000;

ApiRequest RequestAt(int64_t time_ms) {
  ApiRequest request;
  request.time_ns = time_ms * kMillisecond;
  request.cost_usd = static_cast<double>(time_ms);
  return request;
}

std::vector<double> Costs(const ApiRequestLog& log, const std::vector<Matcher>& matchers = {},
                          int64_t after_ms = std::numeric_limits<int64_t>::min(),
                          int64_t end_ms = std::numeric_limits<int64_t>::max()) {
  std::vector<double> costs;
  for (const ApiRequest& request : log.Select(matchers, after_ms, end_ms)) {
    costs.push_back(request.cost_usd);
  }
  return costs;
}

Matcher Match(Matcher::Type type, std::string name, std::string value) {
  return *Matcher::Create(type, std::move(name), std::move(value));
}

TEST(ApiRequestLog, ReadersSeeWhatIsPublished) {
  ApiRequestLog log;
  ASSERT_TRUE(log.Add(RequestAt(1), {}, {0, 1}).ok());
  EXPECT_TRUE(Costs(log).empty());
  log.Publish();
  ASSERT_TRUE(log.Add(RequestAt(2), {}, {0, 2}).ok());
  EXPECT_EQ(Costs(log), std::vector<double>{1});
}

TEST(ApiRequestLog, AnEventThatIsThere_IsNotAddedAgain) {
  ApiRequestLog log;
  for (const uint64_t digest : {1, 2, 1, 2}) {
    ASSERT_TRUE(log.Add(RequestAt(1), {}, {0, digest}).ok());
  }
  log.Publish();
  EXPECT_EQ(Costs(log).size(), 2u);
}

TEST(ApiRequestLog, WhenFull_RefusesFurtherEvents_AndStillKnowsItsOwn) {
  ApiRequestLog log(2);
  for (const uint64_t digest : {1, 2}) {
    ASSERT_TRUE(log.Add(RequestAt(1), {}, {0, digest}).ok());
  }
  EXPECT_EQ(log.Add(RequestAt(1), {}, {0, 3}),
            absl::ResourceExhaustedError("no more than 2 are kept, and there are so many"));
  EXPECT_TRUE(log.Add(RequestAt(1), {}, {0, 1}).ok());
  log.Publish();
  EXPECT_EQ(Costs(log).size(), 2u);
}

TEST(ApiRequestLog, SelectsByLabels_AnAbsentOneIsEmpty) {
  ApiRequestLog log;
  ASSERT_TRUE(log.Add(RequestAt(1), {{"model", "a"}, {"session_id", "s"}}, {0, 1}).ok());
  ASSERT_TRUE(log.Add(RequestAt(2), {{"model", "b"}}, {0, 2}).ok());
  ASSERT_TRUE(log.Add(RequestAt(3), {{"model", "a"}}, {0, 3}).ok());
  log.Publish();
  using Type = Matcher::Type;
  EXPECT_EQ(Costs(log, {Match(Type::kEqual, "model", "a")}), (std::vector<double>{1, 3}));
  EXPECT_EQ(Costs(log, {Match(Type::kEqual, "session_id", "")}), (std::vector<double>{2, 3}));
  EXPECT_EQ(Costs(log, {Match(Type::kRegexMatch, "model", "a|b"),
                        Match(Type::kNotEqual, "session_id", "s")}),
            (std::vector<double>{2, 3}));
}

TEST(ApiRequestLog, TheRangeIsOpenOnTheLeft) {
  ApiRequestLog log;
  for (const int64_t time : {-1, 1, 2, 3}) {
    ASSERT_TRUE(log.Add(RequestAt(time), {}, {1, time + 5}).ok());
  }
  log.Publish();
  EXPECT_EQ(Costs(log, {}, 1, 3), (std::vector<double>{2, 3}));
  EXPECT_EQ(Costs(log, {}, -2, 1), (std::vector<double>{-1, 1}));
}

TEST(ApiRequestLog, LabelSetsAreKeptOnce) {
  ApiRequestLog log;
  for (const uint64_t digest : {1, 2}) {
    ASSERT_TRUE(log.Add(RequestAt(1), {{"model", "a"}}, {0, digest}).ok());
  }
  log.Publish();
  const std::vector<ApiRequest> requests = log.Select({}, 0, 10);
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].labels, requests[1].labels);
  EXPECT_EQ(*requests[0].labels, (Labels{{"model", "a"}}));
}

TEST(ApiRequestLog, IsReadWhileItIsWritten) {
  constexpr int kRequests = 5000;
  ApiRequestLog log;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 2; ++writer) {
    writers.emplace_back([&log, writer] {
      for (int i = 0; i < kRequests; ++i) {
        EXPECT_TRUE(log.Add(RequestAt(i), {{"model", std::to_string(i % 10)}},
                            {static_cast<uint64_t>(writer), static_cast<uint64_t>(i)})
                        .ok());
        log.Publish();
      }
    });
  }
  size_t seen = 0;
  while (seen < 2 * kRequests) {
    const size_t now = Costs(log, {Match(Matcher::Type::kNotEqual, "model", "")}).size();
    EXPECT_GE(now, seen);
    seen = now;
  }
  for (std::thread& writer : writers) writer.join();
}

}  // namespace
}  // namespace promlite::internal
