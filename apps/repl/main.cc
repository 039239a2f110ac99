#include <string_view>
#include <vector>

#include "promlite/apps/repl/program.h"

int main(int argc, char** argv) {
  return promlite::repl::RunProgram(std::vector<std::string_view>(argv + 1, argv + argc));
}
