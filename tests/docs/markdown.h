#ifndef PROMLITE_TESTS_DOCS_MARKDOWN_H_
#define PROMLITE_TESTS_DOCS_MARKDOWN_H_

#include <string>
#include <vector>

namespace promlite::docs {

// A fenced block of a page.
struct CodeBlock {
  int line = 0;          // of its fence, from 1
  std::string language;  // what stands behind the fence: "console", "cpp", ...
  std::string marker;    // of an HTML comment on the line before: <!-- marker -->
  std::vector<std::string> lines;

  std::string Text() const;
};

struct Link {
  int line = 0;
  std::string target;  // as written
};

// What a test wants to know of a page.
struct Page {
  std::string path;
  std::vector<CodeBlock> code_blocks;
  std::vector<Link> links;            // outside code
  std::vector<std::string> headings;  // as anchors: "the-first-query"
};

Page ReadPage(const std::string& path);

// A `$ command` of a console block (with the lines that a trailing backslash or pipe joins to it)
// and the output shown below it.
struct ConsoleCommand {
  int line = 0;
  std::string command;
  std::vector<std::string> output;
};

std::vector<ConsoleCommand> ConsoleCommands(const CodeBlock& block);

// Whether `actual` is what is shown. A line "..." stands for any number of lines.
bool MatchesShownOutput(const std::vector<std::string>& shown,
                        const std::vector<std::string>& actual);

std::vector<std::string> SplitLines(const std::string& text);

}  // namespace promlite::docs

#endif  // PROMLITE_TESTS_DOCS_MARKDOWN_H_
