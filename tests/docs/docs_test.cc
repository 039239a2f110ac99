// README.md and docs/ say what is: their links lead somewhere, the folder trees that they draw are
// the repository's, the sources that they quote stand there, and console blocks print what they
// show.
//
//   ```console                    each `$ command` is run in bash from the source root, where
//   $ build/release/repl ...      build/release/ is the folder of the programs under test; a shown
//   ...                           line "..." stands for any lines
//   ```
//   <!-- folder tree -->          the block below draws folders by indentation
//   <!-- file: some/path -->      the block below is that file
//   <!-- files that say: PATTERN -->
//                                 each line of the block below begins with a file; they are all of
//                                 the repository's files that the regular expression is found in,
//                                 in their path or their text

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "promlite/tests/docs/markdown.h"

namespace promlite::docs {
namespace {

namespace fs = std::filesystem;

std::vector<Page> AllPages() {
  std::vector<Page> pages = {ReadPage("README.md")};
  for (const auto& entry : fs::recursive_directory_iterator("docs")) {
    if (entry.path().extension() == ".md") pages.push_back(ReadPage(entry.path().string()));
  }
  return pages;
}

std::string Place(const Page& page, int line) { return page.path + ":" + std::to_string(line); }

std::string FileText(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// ---- links ------------------------------------------------------------------------------------

TEST(DocsTest, EveryLinkLeadsToAFileAndAHeading) {
  for (const Page& page : AllPages()) {
    for (const Link& link : page.links) {
      if (link.target.starts_with("https://")) continue;
      const size_t hash = link.target.find('#');
      const std::string file = link.target.substr(0, hash);
      const fs::path path =
          file.empty() ? fs::path(page.path) : fs::path(page.path).parent_path() / file;
      EXPECT_TRUE(fs::exists(path)) << Place(page, link.line) << " links to " << link.target;
      if (hash == std::string::npos || path.extension() != ".md") continue;
      const std::vector<std::string> headings = ReadPage(path.string()).headings;
      EXPECT_TRUE(std::count(headings.begin(), headings.end(), link.target.substr(hash + 1)))
          << Place(page, link.line) << " links to " << link.target << ", which is no heading there";
    }
  }
}

TEST(DocsTest, EveryPageIsReachedFromTheReadme) {
  std::set<std::string> reached;
  std::vector<std::string> open = {"README.md"};
  while (!open.empty()) {
    const std::string path = open.back();
    open.pop_back();
    if (!reached.insert(path).second) continue;
    for (const Link& link : ReadPage(path).links) {
      const std::string file = link.target.substr(0, link.target.find('#'));
      if (!file.ends_with(".md")) continue;
      open.push_back((fs::path(path).parent_path() / file).lexically_normal().string());
    }
  }
  for (const Page& page : AllPages()) EXPECT_TRUE(reached.contains(page.path)) << page.path;
}

// ---- folder trees -----------------------------------------------------------------------------

// The folders that a tree draws: a name that ends in '/', below the nearest less indented one.
std::set<std::string> DrawnFolders(const CodeBlock& block) {
  std::set<std::string> folders;
  std::vector<std::pair<size_t, std::string>> above;  // indentation and path
  for (const std::string& line : block.lines) {
    const size_t indentation = line.find_first_not_of(' ');
    if (indentation == std::string::npos) continue;
    const size_t end = std::min(line.find(' ', indentation), line.size());
    const std::string name = line.substr(indentation, end - indentation);
    if (!name.ends_with('/')) continue;
    while (!above.empty() && above.back().first >= indentation) above.pop_back();
    const std::string path = (above.empty() ? "" : above.back().second) + name;
    above.emplace_back(indentation, path);
    folders.insert(path);
  }
  return folders;
}

// The repository's folders that hold sources or pages, two levels deep, as "storage/otlp/".
std::set<std::string> RealFolders() {
  std::set<std::string> folders = {"docs/"};
  for (const std::string top : {"parser", "storage", "engine", "apps", "bench", "tests"}) {
    folders.insert(top + "/");
    for (const auto& entry : fs::directory_iterator(top)) {
      if (!entry.is_directory()) continue;
      const std::string name = entry.path().filename().string();
      if (!name.starts_with('_')) folders.insert(top + "/" + name + "/");
    }
  }
  return folders;
}

TEST(DocsTest, DrawnFoldersAreTheRepositorys) {
  int trees = 0;
  for (const Page& page : AllPages()) {
    for (const CodeBlock& block : page.code_blocks) {
      if (block.marker != "folder tree") continue;
      ++trees;
      const std::set<std::string> drawn = DrawnFolders(block), real = RealFolders();
      for (const std::string& folder : drawn) {
        EXPECT_TRUE(fs::is_directory(folder)) << Place(page, block.line) << " draws " << folder;
      }
      for (const std::string& folder : real) {
        EXPECT_TRUE(drawn.contains(folder)) << Place(page, block.line) << " lacks " << folder;
      }
    }
  }
  EXPECT_GT(trees, 0);
}

// ---- the walk of a query ----------------------------------------------------------------------

TEST(DocsTest, AQueryIsFollowedByOpeningSixFiles_AndPassesAtMost35) {
  const std::string page = FileText("docs/architecture.md");
  const size_t begin = page.find("## Life of a query");
  ASSERT_NE(begin, std::string::npos);
  std::istringstream lines(page.substr(begin, page.find("Other queries pass", begin) - begin));
  const std::regex path("`((?:parser|storage|engine)/[^`]+\\.(?:h|cc))`");
  size_t opened = 0;
  std::set<std::string> passed;
  for (std::string line; std::getline(lines, line);) {
    opened += line.starts_with("| `");
    for (std::sregex_iterator at(line.begin(), line.end(), path), end; at != end; ++at) {
      EXPECT_TRUE(fs::exists(at->str(1))) << at->str(1);
      passed.insert(at->str(1));
    }
  }
  EXPECT_EQ(opened, 6u);
  EXPECT_GE(passed.size(), opened);
  EXPECT_LE(passed.size(), 35u);
}

// ---- quoted files -----------------------------------------------------------------------------

TEST(DocsTest, QuotedFilesAreWhatTheyAreSaidToBe) {
  constexpr std::string_view kMarker = "file: ";
  for (const Page& page : AllPages()) {
    for (const CodeBlock& block : page.code_blocks) {
      if (!block.marker.starts_with(kMarker)) continue;
      const std::string path = block.marker.substr(kMarker.size());
      EXPECT_EQ(block.Text(), FileText(path)) << Place(page, block.line) << " quotes " << path;
    }
  }
}

// ---- files that name a thing -----------------------------------------------------------------

// The files (sources, pages, build files) in whose path or text `pattern` is found. Recorded
// answers, data and docs/changing.md, which is where such lists stand, do not count.
std::set<std::string> FilesThatSay(const std::string& pattern) {
  const std::regex wanted(pattern);
  std::set<std::string> files;
  for (const std::string top : {"parser", "storage", "engine", "apps", "bench", "tests", "docs"}) {
    for (const auto& entry : fs::recursive_directory_iterator(top)) {
      const std::string path = entry.path().generic_string();
      if (!entry.is_regular_file() || path == "docs/changing.md") continue;
      if (path.starts_with("tests/golden/") || path.starts_with("tests/data/")) continue;
      static const std::set<std::string> kKinds = {".h", ".cc", ".txt", ".md", ".py", ".test"};
      if (!kKinds.contains(entry.path().extension().string())) continue;
      if (std::regex_search(path, wanted) || std::regex_search(FileText(path), wanted)) {
        files.insert(path);
      }
    }
  }
  return files;
}

std::set<std::string> FirstWords(const CodeBlock& block) {
  std::set<std::string> words;
  for (const std::string& line : block.lines) {
    if (!line.empty() && line[0] != ' ') words.insert(line.substr(0, line.find(' ')));
  }
  return words;
}

TEST(DocsTest, ListedFilesAreAllThatNameTheThing) {
  constexpr std::string_view kMarker = "files that say: ";
  int lists = 0;
  for (const Page& page : AllPages()) {
    for (const CodeBlock& block : page.code_blocks) {
      if (!block.marker.starts_with(kMarker)) continue;
      ++lists;
      EXPECT_EQ(FirstWords(block), FilesThatSay(block.marker.substr(kMarker.size())))
          << Place(page, block.line);
    }
  }
  EXPECT_GT(lists, 0);
}

// ---- console blocks ---------------------------------------------------------------------------

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

struct Outcome {
  std::string output;  // standard output and error
  int exit_code = -1;
};

Outcome RunInBash(const std::string& command) {
  const std::string script = "exec 2>&1\n" + command + "\n";
  const fs::path file = fs::temp_directory_path() / ("docs_test." + std::to_string(getpid()));
  std::ofstream(file) << script;
  Outcome outcome;
  if (FILE* pipe = popen(("bash " + file.string() + " < /dev/null").c_str(), "r")) {
    std::array<char, 4096> piece;
    size_t read;
    while ((read = fread(piece.data(), 1, piece.size(), pipe)) > 0) {
      outcome.output.append(piece.data(), read);
    }
    const int status = pclose(pipe);
    if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  }
  fs::remove(file);
  return outcome;
}

TEST(DocsTest, ConsoleBlocksPrintWhatTheyShow) {
  int commands = 0;
  for (const Page& page : AllPages()) {
    for (const CodeBlock& block : page.code_blocks) {
      if (block.language != "console") continue;
      for (const ConsoleCommand& shown : ConsoleCommands(block)) {
        ++commands;
        const Outcome outcome = RunInBash(
            ReplaceAll(shown.command, "build/release/", std::string(PROMLITE_PROGRAMS) + "/"));
        EXPECT_TRUE(MatchesShownOutput(shown.output, SplitLines(outcome.output)))
            << Place(page, shown.line) << ": " << shown.command << "\nprints (exit code "
            << outcome.exit_code << "):\n"
            << outcome.output;
      }
    }
  }
  EXPECT_GT(commands, 0);
}

// ---- the rules themselves ---------------------------------------------------------------------

TEST(DocsTest, DotsInShownOutputStandForAnyLines) {
  EXPECT_TRUE(MatchesShownOutput({"a", "...", "d"}, {"a", "b", "c", "d"}));
  EXPECT_TRUE(MatchesShownOutput({"a", "...", "d"}, {"a", "d"}));
  EXPECT_FALSE(MatchesShownOutput({"a", "...", "d"}, {"a", "b", "c"}));
  EXPECT_FALSE(MatchesShownOutput({"a"}, {"a", "b"}));
  EXPECT_FALSE(MatchesShownOutput({"a"}, {}));
}

TEST(DocsTest, FoldersAreDrawnByIndentation) {
  const CodeBlock tree{
      .lines = {"storage/   columns", "  otlp/    a door", "  head.cc", "engine/"}};
  EXPECT_EQ(DrawnFolders(tree), (std::set<std::string>{"storage/", "storage/otlp/", "engine/"}));
}

TEST(DocsTest, AListedFileIsTheFirstWordOfItsLine) {
  const CodeBlock list{.lines = {"a/b.cc   its row,", "         and its reason", "c.h"}};
  EXPECT_EQ(FirstWords(list), (std::set<std::string>{"a/b.cc", "c.h"}));
}

TEST(DocsTest, ACommandGoesOnBehindABackslash) {
  const CodeBlock block{.line = 7, .lines = {"$ a \\", "  b", "out", "$ c"}};
  const std::vector<ConsoleCommand> commands = ConsoleCommands(block);
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(commands[0].command, "a \\\n  b");
  EXPECT_EQ(commands[0].output, std::vector<std::string>{"out"});
  EXPECT_EQ(commands[1].line, 11);
}

}  // namespace
}  // namespace promlite::docs
