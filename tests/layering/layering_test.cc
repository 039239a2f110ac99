// Includes point one way: apps -> engine -> {parser, storage}. This reads every #include of the
// repository and holds it against the rules below.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

// A path, relative to the root, lies in `folder` or below it.
bool In(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool InAny(std::string_view path, std::initializer_list<std::string_view> folders) {
  for (std::string_view folder : folders) {
    if (In(path, folder)) return true;
  }
  return false;
}

std::string_view FolderOf(std::string_view path) { return path.substr(0, path.rfind('/')); }

// The rooms of a layer by floors, from the ground up: a room may know those of its own floor and
// below. A room is a folder, or one file of it (without its ending) where a folder's files stand on
// several floors: of all rooms that a file lies in, the one with the longest name is its own.
using Floors = std::vector<std::vector<std::string_view>>;

const Floors& StorageFloors() {
  static const auto* const floors = new Floors{
      {"storage/machine"},
      {"storage/codecs"},
      {"storage/labels"},
      // What metrics are made of, and are asked.
      {"storage/metrics/sample", "storage/metrics/metric_metadata",
       "storage/metrics/metric_summary", "storage/metrics/series_query",
       "storage/metrics/writer_overlap", "storage/metrics/stream_temporality",
       "storage/metrics/histograms/histogram", "storage/metrics/histograms/histogram_bounds"},
      // What readers see, and what doors call.
      {"storage/metrics/snapshot", "storage/metrics/appender"},
      {"storage/metrics/streams"},
      {"storage/metrics/histograms"},
      {"storage/metrics"},
      {"storage/logs"},
      // The doors: settings and wire first, then what OTLP's signals share, then each of them.
      {"storage/otlp/otlp_options", "storage/otlp/delta_counts",
       "storage/openmetrics/text_options"},
      {"storage/otlp/wire", "storage/openmetrics"},
      {"storage/otlp/attribute_value", "storage/otlp/json_reader", "storage/otlp/common_json",
       "storage/otlp/encoding", "storage/otlp/key_part", "storage/otlp/json_requests"},
      {"storage/otlp/metrics/stream_identity", "storage/otlp/metrics/metric_family",
       "storage/otlp/metrics/metric_name", "storage/otlp/metrics/labels/label_name",
       "storage/otlp/metrics/unit"},
      {"storage/otlp/metrics/labels"},
      {"storage/otlp/metrics/points"},
      {"storage/otlp/metrics"},
      {"storage/otlp/logs", "storage/remote_write"},
      {"storage/capture"},
      {"storage"},
  };
  return *floors;
}

const Floors& EngineFloors() {
  static const auto* const floors = new Floors{
      {"engine/kernels"},
      {"engine/blocks"},
      {"engine/run"},
      {"engine/histograms"},
      {"engine/answer"},
      // What functions, operators and plans have in common.
      {"engine/promql/metric_name_removal", "engine/promql/plan/binding",
       "engine/promql/plan/info_reference"},
      {"engine/promql/operator"},
      {"engine/promql/functions"},
      {"engine/promql/function_table"},
      {"engine/promql/operators/aggregation"},
      {"engine/promql/operators"},
      {"engine/promql/plan"},
      {"engine/promql"},
      {"engine"},
      {"engine/usage"},
  };
  return *floors;
}

const Floors& ReplFloors() {
  static const auto* const floors = new Floors{
      {"apps/repl/text"},      {"apps/repl/terminal"}, {"apps/repl/chart"},  {"apps/repl/output"},
      {"apps/repl/workspace"}, {"apps/repl/doctor"},   {"apps/repl/report"}, {"apps/repl/why"},
      {"apps/repl/options"},   {"apps/repl/commands"}, {"apps/repl/script"}, {"apps/repl/shell"},
      {"apps/repl"},
  };
  return *floors;
}

size_t FloorOf(std::string_view path, const Floors& floors) {
  const std::string_view stem = path.substr(0, path.rfind('.'));
  size_t floor_of_room = floors.size(), longest = 0;
  for (size_t floor = 0; floor < floors.size(); ++floor) {
    for (const std::string_view room : floors[floor]) {
      if ((room == stem || In(path, room)) && room.size() > longest) {
        longest = room.size();
        floor_of_room = floor;
      }
    }
  }
  return floor_of_room;
}

bool PointsDown(std::string_view from, std::string_view to, const Floors& floors) {
  return FloorOf(to, floors) <= FloorOf(from, floors);
}

// storage/ has a folder for each way that bytes come in. They know the core of storage/, not each
// other; capture/ takes files apart for all of them, and protobuf's wire is read in otlp/wire/.
bool IsStorageDoor(std::string_view path) {
  return InAny(path,
               {"storage/otlp", "storage/openmetrics", "storage/remote_write", "storage/capture"});
}

bool IsText(std::string_view path) { return In(path, "parser/text"); }

bool StorageMayInclude(std::string_view from, std::string_view to) {
  if (IsText(to)) return true;
  if (!In(to, "storage") || !PointsDown(from, to, StorageFloors())) return false;
  if (In(to, "storage/otlp/wire") && In(from, "storage/remote_write")) return true;
  // The face stands on all the doors, the rest of the core on none.
  if (!IsStorageDoor(to) || FolderOf(from) == "storage" || In(from, "storage/capture")) return true;
  return In(from, "storage/otlp") ? In(to, "storage/otlp") : FolderOf(from) == FolderOf(to);
}

bool EngineMayInclude(std::string_view from, std::string_view to) {
  if (In(from, "engine/kernels")) {
    // Plain loops over rows. The bits of the staleness marker are the one fact that they share with
    // storage/, and where milliseconds stop the one that they share with parser/text/.
    return In(to, "engine/kernels") || to == "storage/metrics/sample.h" ||
           to == "parser/text/milliseconds.h";
  }
  if (In(to, "engine")) return PointsDown(from, to, EngineFloors());
  return In(to, "parser") || (In(to, "storage") && !IsStorageDoor(to));
}

std::string ReadText(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What a CMakeLists.txt lists behind PUBLIC_HEADERS, up to the next word in capitals.
std::vector<std::string> PublicHeadersIn(const std::string& cmake) {
  static const std::regex list(R"(PUBLIC_HEADERS([^)]*))");
  static const std::regex word(R"(\S+)");
  std::vector<std::string> headers;
  for (std::sregex_iterator found(cmake.begin(), cmake.end(), list), end; found != end; ++found) {
    const std::string listed = (*found)[1];
    for (std::sregex_iterator one(listed.begin(), listed.end(), word); one != end; ++one) {
      if (one->str() == "LINK" || one->str() == "SOURCES") break;
      headers.push_back(one->str());
    }
  }
  return headers;
}

const std::set<std::string, std::less<>>& InstalledHeaders() {
  static const auto* const installed = [] {
    auto* headers = new std::set<std::string, std::less<>>;
    for (const char* layer : {"parser", "storage", "engine"}) {
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(layer)) {
        if (entry.path().filename() != "CMakeLists.txt") continue;
        for (const std::string& header : PublicHeadersIn(ReadText(entry.path()))) {
          headers->insert((entry.path().parent_path() / header).generic_string());
        }
      }
    }
    return headers;
  }();
  return *installed;
}

// Programs see what users of the library see, and what programs share.
bool AppsMayInclude(std::string_view from, std::string_view to) {
  if (!In(to, "apps")) return InstalledHeaders().contains(to);
  if (In(to, "apps/shared")) return true;
  if (In(from, "apps/repl") && In(to, "apps/repl")) return PointsDown(from, to, ReplFloors());
  return In(from, "apps/promqltest") && In(to, "apps/promqltest");
}

// Whether the file `from` may include `to`; both relative to the root.
bool MayInclude(std::string_view from, std::string_view to) {
  if (IsText(from)) return IsText(to);
  if (In(from, "parser")) return In(to, "parser");
  if (In(from, "storage")) return StorageMayInclude(from, to);
  if (In(from, "engine")) return EngineMayInclude(from, to);
  if (In(from, "apps")) return AppsMayInclude(from, to);
  if (In(from, "bench")) return InAny(to, {"parser", "storage", "engine", "bench"});
  if (InAny(from, {"tests/apps", "tests/fuzz", "tests/newer_release"})) return !In(to, "bench");
  if (In(from, "tests")) return InAny(to, {"parser", "storage", "engine", "tests", "bench"});
  return false;
}

struct Include {
  std::string from;
  int line = 0;
  std::string written;  // between the quotes
  std::string Place() const { return from + ":" + std::to_string(line); }
};

std::vector<Include> ReadQuotedIncludes() {
  static const std::regex pattern(R"(^\s*#\s*include\s*"([^"]+)\")");
  std::vector<Include> includes;
  for (const char* folder : {"parser", "storage", "engine", "apps", "bench", "tests"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const fs::path& path = entry.path();
      // What a user of the library writes stands outside: it sees installed headers.
      if (In(path.generic_string(), "tests/install")) continue;
      if (path.extension() != ".h" && path.extension() != ".cc") continue;
      std::ifstream file(path);
      std::string line;
      for (int number = 1; std::getline(file, line); ++number) {
        std::smatch match;
        if (std::regex_search(line, match, pattern)) {
          includes.push_back({path.generic_string(), number, match[1]});
        }
      }
    }
  }
  return includes;
}

// Of the whole repository.
const std::vector<Include>& QuotedIncludes() {
  static const auto* const includes = new std::vector<Include>(ReadQuotedIncludes());
  return *includes;
}

constexpr std::string_view kPrefix = "promlite/";

std::string Target(const Include& include) { return include.written.substr(kPrefix.size()); }

TEST(LayeringTest, TheRepositoryIsRead) { EXPECT_GT(QuotedIncludes().size(), 200u); }

TEST(LayeringTest, EveryIncludePointsDown) {
  for (const Include& include : QuotedIncludes()) {
    if (!include.written.starts_with(kPrefix)) continue;
    EXPECT_TRUE(MayInclude(include.from, Target(include)))
        << include.Place() << " must not include " << include.written;
  }
}

TEST(LayeringTest, EveryIncludeOfOursIsSpelledFromTheRoot) {
  for (const Include& include : QuotedIncludes()) {
    if (include.written.starts_with(kPrefix)) {
      EXPECT_TRUE(fs::exists(Target(include)))
          << include.Place() << " includes " << include.written << ", which is no file";
      continue;
    }
    const fs::path beside = fs::path(include.from).parent_path() / include.written;
    EXPECT_FALSE(fs::exists(beside) || fs::exists(include.written))
        << include.Place() << ": spell it \"" << kPrefix << "...\"";
  }
}

TEST(LayeringTest, InstalledHeadersIncludeInstalledHeadersOnly) {
  EXPECT_GT(InstalledHeaders().size(), 20u);
  for (const Include& include : QuotedIncludes()) {
    if (!include.written.starts_with(kPrefix) || !InstalledHeaders().contains(include.from))
      continue;
    EXPECT_TRUE(InstalledHeaders().contains(Target(include)))
        << include.Place() << ": " << include.written << " is not installed";
  }
}

TEST(LayeringTest, InstalledHeadersAreFiles) {
  for (const std::string& header : InstalledHeaders()) EXPECT_TRUE(fs::exists(header)) << header;
}

TEST(LayeringTest, PublicHeadersEndAtTheNextList) {
  EXPECT_EQ(PublicHeadersIn("promlite_library(x\n  SOURCES\n    a.cc\n  PUBLIC_HEADERS\n    a.h\n"
                            "    b/c.h\n  LINK d)\npromlite_library(y PUBLIC_HEADERS e.h)"),
            (std::vector<std::string>{"a.h", "b/c.h", "e.h"}));
}

TEST(LayeringTest, EveryRoomOfAFloorIsThere) {
  for (const Floors* floors : {&StorageFloors(), &EngineFloors(), &ReplFloors()}) {
    for (const std::vector<std::string_view>& rooms : *floors) {
      for (const std::string_view room : rooms) {
        const std::string path(room);
        EXPECT_TRUE(fs::exists(path) || fs::exists(path + ".h") || fs::exists(path + ".cc"))
            << room;
      }
    }
  }
}

// A folder is seen at a glance, or docs/architecture.md says why it is not.
constexpr size_t kMostFiles = 25;

std::map<std::string, size_t> SourcesByFolder() {
  std::map<std::string, size_t> counts;
  for (const char* folder : {"parser", "storage", "engine", "apps", "bench", "tests"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const std::string ending = entry.path().extension().string();
      if (ending != ".h" && ending != ".cc" && ending != ".proto") continue;
      ++counts[entry.path().parent_path().generic_string()];
    }
  }
  return counts;
}

// The folders that a page gives a reason for: "- `engine/kernels/`: one family of loops a file".
std::set<std::string> FoldersWithReason(const std::string& page) {
  static const std::regex line(R"(\n- `([^`]+)/`: \S)");
  const size_t heading = page.find("\n## Large folders\n");
  if (heading == std::string::npos) return {};
  const std::string section = page.substr(heading, page.find("\n## ", heading + 1) - heading);
  std::set<std::string> folders;
  for (std::sregex_iterator found(section.begin(), section.end(), line), end; found != end;
       ++found) {
    folders.insert((*found)[1]);
  }
  return folders;
}

TEST(LayeringTest, AFolderOfManyFilesSaysWhy) {
  const std::set<std::string> reasons = FoldersWithReason(ReadText("docs/architecture.md"));
  const std::map<std::string, size_t> counts = SourcesByFolder();
  for (const auto& [folder, count] : counts) {
    EXPECT_TRUE(count <= kMostFiles || reasons.contains(folder))
        << folder << " holds " << count << " files: docs/architecture.md must say why";
  }
  for (const std::string& folder : reasons) {
    const auto found = counts.find(folder);
    EXPECT_TRUE(found != counts.end() && found->second > kMostFiles)
        << folder << " needs no reason in docs/architecture.md";
  }
}

TEST(LayeringTest, AReasonStandsInItsSection) {
  EXPECT_EQ(FoldersWithReason("a\n- `x/`: no\n\n## Large folders\n\n- `a/b/`: since\n- `c/`:\n"
                              "\n## Next\n- `d/`: no\n"),
            std::set<std::string>{"a/b"});
}

class CycleFinder {
 public:
  explicit CycleFinder(const std::vector<Include>& includes) {
    for (const Include& include : includes) {
      if (include.written.starts_with(kPrefix)) edges_[include.from].insert(Target(include));
    }
  }

  // A file that includes itself by way of others, or "".
  std::string Find() {
    for (const auto& [file, _] : edges_) {
      if (ReachesItself(file)) return file;
    }
    return "";
  }

 private:
  bool ReachesItself(const std::string& file) {
    if (!done_.insert(file).second) return false;
    open_.insert(file);
    if (auto found = edges_.find(file); found != edges_.end()) {
      for (const std::string& next : found->second) {
        if (open_.contains(next) || ReachesItself(next)) return true;
      }
    }
    open_.erase(file);
    return false;
  }

  std::map<std::string, std::set<std::string>> edges_;
  std::set<std::string> done_, open_;
};

TEST(LayeringTest, NoHeaderIncludesItselfByWayOfOthers) {
  EXPECT_EQ(CycleFinder(QuotedIncludes()).Find(), "");
}

TEST(LayeringTest, ACycleIsFound) {
  EXPECT_NE(
      CycleFinder(
          {{"a.h", 1, "promlite/b.h"}, {"b.h", 1, "promlite/c.h"}, {"c.h", 1, "promlite/b.h"}})
          .Find(),
      "");
}

TEST(LayeringTest, IncludesThatPointTheWrongWayAreRefused) {
  EXPECT_FALSE(MayInclude("parser/promql/parser.cc", "storage/labels/labels.h"));
  EXPECT_FALSE(MayInclude("parser/text/quoting.cc", "parser/promql/ast.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/head.cc", "parser/promql/ast.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/head.cc", "engine/blocks/block.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/head.cc", "storage/otlp/metrics/ingester.h"));
  EXPECT_FALSE(MayInclude("storage/otlp/metrics/ingester.cc", "storage/openmetrics/ingester.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/head.cc", "storage/database.h"));
  EXPECT_FALSE(MayInclude("engine/promql/plan/planner.cc", "storage/capture/record_reader.h"));
  EXPECT_FALSE(MayInclude("engine/promql/plan/planner.cc", "apps/repl/text/text.h"));
  EXPECT_FALSE(MayInclude("engine/kernels/range_kernels.cc", "engine/blocks/block.h"));
  EXPECT_FALSE(MayInclude("tests/engine/json_test.cc", "apps/repl/text/text.h"));
  EXPECT_FALSE(MayInclude("apps/repl/main.cc", "tests/engine/promql/fake_snapshot.h"));
  EXPECT_FALSE(MayInclude("apps/repl/output/table.cc", "apps/repl/workspace/workspace.h"));
  EXPECT_FALSE(MayInclude("apps/repl/shell/shell.cc", "apps/repl/program.h"));
}

TEST(LayeringTest, RoomsOfStorageDoNotKnowWhatStandsOnThem) {
  EXPECT_FALSE(MayInclude("storage/machine/stable_array.h", "storage/labels/labels.h"));
  EXPECT_FALSE(MayInclude("storage/codecs/codec.cc", "storage/labels/labels.h"));
  EXPECT_FALSE(MayInclude("storage/codecs/constant.cc", "storage/metrics/sample.h"));
  EXPECT_FALSE(MayInclude("storage/labels/postings.cc", "storage/metrics/sample.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/snapshot.h", "storage/metrics/head.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/streams/chunk.cc", "storage/metrics/head_data.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/streams/chunk.cc",
                          "storage/metrics/histograms/histogram_writer.h"));
  EXPECT_FALSE(MayInclude("storage/metrics/head.cc", "storage/logs/api_request_log.h"));
  EXPECT_FALSE(MayInclude("storage/logs/api_request_log.cc", "storage/otlp/otlp_options.h"));
  EXPECT_FALSE(MayInclude("storage/otlp/wire/wire_point.cc", "storage/otlp/metrics/unit.h"));
  EXPECT_FALSE(MayInclude("storage/otlp/metrics/labels/label_name.cc",
                          "storage/otlp/metrics/request_json.h"));
  EXPECT_FALSE(MayInclude("storage/otlp/metrics/points/point_target.cc",
                          "storage/otlp/metrics/request_translator.h"));
  EXPECT_FALSE(
      MayInclude("storage/otlp/metrics/request_json.cc", "storage/otlp/logs/request_json.h"));
  EXPECT_FALSE(MayInclude("storage/remote_write/ingester.cc", "storage/otlp/metrics/unit.h"));
  EXPECT_FALSE(MayInclude("storage/capture/plc_reader.cc", "storage/loading.h"));
  EXPECT_TRUE(MayInclude("storage/metrics/streams/chunk.cc", "storage/metrics/sample.h"));
  EXPECT_TRUE(
      MayInclude("storage/metrics/histograms/histogram_reader.h", "storage/metrics/snapshot.h"));
}

TEST(LayeringTest, RoomsOfTheEngineDoNotKnowWhatStandsOnThem) {
  EXPECT_FALSE(MayInclude("engine/blocks/block.cc", "engine/run/annotations.h"));
  EXPECT_FALSE(MayInclude("engine/run/annotations.cc", "engine/histograms/text.h"));
  EXPECT_FALSE(MayInclude("engine/histograms/text.cc", "engine/answer/json.h"));
  EXPECT_FALSE(MayInclude("engine/answer/json.cc", "engine/promql/operator.h"));
  EXPECT_FALSE(MayInclude("engine/promql/plan/binding.cc", "engine/promql/operator.h"));
  EXPECT_FALSE(MayInclude("engine/promql/functions/math.cc", "engine/promql/function_table.h"));
  EXPECT_FALSE(MayInclude("engine/promql/functions/math.cc",
                          "engine/promql/operators/leaves/range_function.h"));
  EXPECT_FALSE(MayInclude("engine/promql/operators/aggregation/topk.cc",
                          "engine/promql/operators/leaves/range_function.h"));
  EXPECT_FALSE(MayInclude("engine/promql/operators/leaves/range_function.cc",
                          "engine/promql/plan/planner.h"));
  EXPECT_FALSE(MayInclude("engine/promql/plan/planner.cc", "engine/promql/executor.h"));
  EXPECT_FALSE(MayInclude("engine/promql/executor.cc", "engine/engine.h"));
  EXPECT_FALSE(MayInclude("engine/engine.cc", "engine/usage/doctor/doctor.h"));
  EXPECT_TRUE(MayInclude("engine/usage/doctor/doctor.cc", "engine/engine.h"));
  EXPECT_TRUE(MayInclude("engine/promql/plan/planner.cc", "engine/promql/function_table.h"));
}

TEST(LayeringTest, ProgramsSeeInstalledHeadersOnly) {
  EXPECT_FALSE(MayInclude("apps/repl/workspace/workspace.cc", "storage/metrics/snapshot.h"));
  EXPECT_FALSE(MayInclude("apps/promqltest/script.cc", "engine/promql/plan/planner.h"));
  EXPECT_FALSE(MayInclude("apps/shared/words.cc", "parser/promql/lexer.h"));
  EXPECT_FALSE(MayInclude("apps/shared/words.cc", "apps/repl/text/text.h"));
  EXPECT_FALSE(MayInclude("apps/promqltest/script.cc", "apps/repl/text/text.h"));
  EXPECT_TRUE(MayInclude("apps/repl/workspace/workspace.cc", "storage/database.h"));
  EXPECT_TRUE(MayInclude("apps/promqltest/script.cc", "apps/shared/words.h"));
}

TEST(LayeringTest, IncludesThatPointDownAreAllowed) {
  EXPECT_TRUE(MayInclude("parser/promql/parser.cc", "parser/promql/ast.h"));
  EXPECT_TRUE(MayInclude("storage/metrics/streams/chunk.cc", "storage/codecs/constant.h"));
  EXPECT_TRUE(MayInclude("storage/capture/loader.cc", "storage/otlp/metrics/ingester.h"));
  EXPECT_TRUE(MayInclude("storage/database.cc", "storage/otlp/metrics/ingester.h"));
  EXPECT_TRUE(MayInclude("storage/capture_loader.h", "storage/openmetrics/ingester.h"));
  EXPECT_TRUE(MayInclude("engine/promql/plan/planner.cc", "storage/metrics/snapshot.h"));
  EXPECT_TRUE(MayInclude("apps/repl/main.cc", "engine/engine.h"));
  EXPECT_TRUE(MayInclude("apps/repl/shell/shell.cc", "apps/repl/script/script.h"));
  EXPECT_TRUE(MayInclude("tests/apps/repl/text_test.cc", "apps/repl/text/text.h"));
  EXPECT_TRUE(MayInclude("tests/fuzz/script_target.cc", "apps/promqltest/script.h"));
}

}  // namespace
