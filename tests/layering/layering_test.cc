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

// storage/ has a folder for each way that bytes come in. They know the core of storage/, not each
// other; capture/ takes files apart for all of them, and protobuf's wire is read in otlp/wire/.
bool IsStorageDoor(std::string_view path) {
  return InAny(path,
               {"storage/otlp", "storage/openmetrics", "storage/remote_write", "storage/capture"});
}

// The face of storage/ and what stands behind it: which door a file or a request goes through.
bool IsStorageFace(std::string_view path) {
  const std::string_view stem = path.substr(0, path.rfind('.'));
  return stem == "storage/database" || stem == "storage/capture_loader" ||
         stem == "storage/request_ingester";
}

bool IsText(std::string_view path) { return In(path, "parser/text"); }

bool StorageMayInclude(std::string_view from, std::string_view to) {
  if (IsText(to)) return true;
  if (!In(to, "storage")) return false;
  if (IsStorageFace(to)) return IsStorageFace(from);
  if (In(to, "storage/otlp/wire") && In(from, "storage/remote_write")) return true;
  if (!IsStorageDoor(to)) return true;
  // The face stands on all the doors, the rest of the core on none.
  if (IsStorageFace(from) || In(from, "storage/capture")) return true;
  return In(from, "storage/otlp") ? In(to, "storage/otlp") : FolderOf(from) == FolderOf(to);
}

bool EngineMayInclude(std::string_view from, std::string_view to) {
  if (In(from, "engine/kernels")) {
    // Plain loops over rows. The bits of the staleness marker are the one fact that they share with
    // storage/, and where milliseconds stop the one that they share with parser/text/.
    return In(to, "engine/kernels") || to == "storage/metrics/staleness.h" ||
           to == "parser/text/milliseconds.h";
  }
  return InAny(to, {"engine", "parser"}) || (In(to, "storage") && !IsStorageDoor(to));
}

// The folders of the repl, each above those that it may know; what lies in none is above all.
size_t FloorInRepl(std::string_view path) {
  constexpr std::string_view kFolders[] = {"text",      "terminal", "chart",  "output",
                                           "workspace", "doctor",   "report", "why",
                                           "options",   "commands", "script", "shell"};
  for (size_t floor = 0; floor < std::size(kFolders); ++floor) {
    if (In(path, "apps/repl/" + std::string(kFolders[floor]))) return floor;
  }
  return std::size(kFolders);
}

bool AppsMayInclude(std::string_view from, std::string_view to) {
  if (In(from, "apps/repl") && In(to, "apps/repl")) return FloorInRepl(to) <= FloorInRepl(from);
  return InAny(to, {"parser", "storage", "engine", "apps"});
}

// Whether the file `from` may include `to`; both relative to the root.
bool MayInclude(std::string_view from, std::string_view to) {
  if (IsText(from)) return IsText(to);
  if (In(from, "parser")) return In(to, "parser");
  if (In(from, "storage")) return StorageMayInclude(from, to);
  if (In(from, "engine")) return EngineMayInclude(from, to);
  if (In(from, "apps")) return AppsMayInclude(from, to);
  if (In(from, "bench")) return InAny(to, {"parser", "storage", "engine", "bench"});
  if (InAny(from, {"tests/apps", "tests/fuzz"})) return !In(to, "bench");
  if (In(from, "tests")) return InAny(to, {"parser", "storage", "engine", "tests", "bench"});
  return false;
}

struct Include {
  std::string from;
  int line = 0;
  std::string written;  // between the quotes
  std::string Place() const { return from + ":" + std::to_string(line); }
};

std::vector<Include> QuotedIncludes() {
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

TEST(LayeringTest, IncludesThatPointDownAreAllowed) {
  EXPECT_TRUE(MayInclude("parser/promql/parser.cc", "parser/promql/ast.h"));
  EXPECT_TRUE(MayInclude("storage/metrics/streams/chunk.cc", "storage/codecs/constant.h"));
  EXPECT_TRUE(MayInclude("storage/codecs/constant.cc", "storage/metrics/sample.h"));
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
