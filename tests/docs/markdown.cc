#include "promlite/tests/docs/markdown.h"

#include <cctype>
#include <fstream>
#include <regex>
#include <sstream>
#include <string_view>

namespace promlite::docs {
namespace {

constexpr std::string_view kFence = "```";

// As GitHub makes anchors of headings: lower case, spaces to dashes, punctuation dropped.
std::string Anchor(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '_' || byte >= 0x80) {
      anchor += static_cast<char>(std::tolower(byte));
    } else if (c == ' ') {
      anchor += '-';
    }
  }
  return anchor;
}

std::string WithoutCodeSpans(const std::string& line) {
  static const std::regex code_span("`[^`]*`");
  return std::regex_replace(line, code_span, "``");
}

void ReadProse(const std::string& line, int number, Page* page) {
  static const std::regex heading("^#+ +(.*)$");
  static const std::regex link(R"(\]\(([^)\s]+)\))");
  std::smatch match;
  if (std::regex_match(line, match, heading)) page->headings.push_back(Anchor(match[1].str()));
  const std::string prose = WithoutCodeSpans(line);
  for (std::sregex_iterator it(prose.begin(), prose.end(), link), end; it != end; ++it) {
    page->links.push_back({number, (*it)[1]});
  }
}

std::string Marker(const std::string& line) {
  static const std::regex comment("^<!-- (.*) -->$");
  std::smatch match;
  return std::regex_match(line, match, comment) ? match[1].str() : "";
}

}  // namespace

std::string CodeBlock::Text() const {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

Page ReadPage(const std::string& path) {
  Page page{.path = path};
  std::ifstream file(path);
  std::string line, previous;
  bool in_code = false;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.starts_with(kFence)) {
      in_code = !in_code;
      if (in_code) {
        page.code_blocks.push_back(
            {.line = number, .language = line.substr(kFence.size()), .marker = Marker(previous)});
      }
    } else if (in_code) {
      page.code_blocks.back().lines.push_back(line);
    } else {
      ReadProse(line, number, &page);
    }
    previous = line;
  }
  return page;
}

std::vector<ConsoleCommand> ConsoleCommands(const CodeBlock& block) {
  std::vector<ConsoleCommand> commands;
  bool continued = false;
  for (size_t i = 0; i < block.lines.size(); ++i) {
    const std::string& line = block.lines[i];
    if (continued) {
      commands.back().command += "\n" + line;
    } else if (line.starts_with("$ ")) {
      commands.push_back({.line = block.line + static_cast<int>(i) + 1, .command = line.substr(2)});
    } else if (!commands.empty()) {
      commands.back().output.push_back(line);
    }
    const bool is_command = continued || line.starts_with("$ ");
    continued = is_command && (line.ends_with('\\') || line.ends_with('|'));
  }
  return commands;
}

bool MatchesShownOutput(const std::vector<std::string>& shown,
                        const std::vector<std::string>& actual) {
  // Longest way round: match[i][j] says whether the first i shown lines match the first j actual.
  std::vector<std::vector<bool>> match(shown.size() + 1, std::vector<bool>(actual.size() + 1));
  match[0][0] = true;
  for (size_t i = 1; i <= shown.size(); ++i) {
    const bool any = shown[i - 1] == "...";
    for (size_t j = 0; j <= actual.size(); ++j) {
      if (any) {
        match[i][j] = match[i - 1][j] || (j > 0 && match[i][j - 1]);
      } else {
        match[i][j] = j > 0 && match[i - 1][j - 1] && shown[i - 1] == actual[j - 1];
      }
    }
  }
  return match[shown.size()][actual.size()];
}

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace promlite::docs
