#ifndef PROMLITE_TESTS_APPS_RUN_PROGRAM_H_
#define PROMLITE_TESTS_APPS_RUN_PROGRAM_H_

#include <string>
#include <utility>
#include <vector>

namespace promlite {

struct ProgramResult {
  int exit_code = -1;  // 128 + the signal's number if one ended it
  std::string out;
  std::string err;
};

// Runs a program with these arguments to its end, `input` on its standard input. The environment is
// empty but for what is given.
ProgramResult RunProgramToEnd(
    const std::string& program, const std::vector<std::string>& arguments, const std::string& input,
    const std::vector<std::pair<std::string, std::string>>& environment = {});

// Whether this machine can make terminals; a bare root without devpts cannot.
bool HasPseudoTerminals();

// Runs a program on a terminal of its own (80 x 24), types each piece of `keys` once the terminal
// shows what stands before it, and returns all that it showed. Gives up after some seconds.
// REQUIRES: HasPseudoTerminals().
struct Typed {
  std::string wait_for;  // what the program shows first; empty: types at once
  std::string keys;
};
ProgramResult RunProgramOnTerminal(
    const std::string& program, const std::vector<std::string>& arguments,
    const std::vector<Typed>& typed,
    const std::vector<std::pair<std::string, std::string>>& environment);

}  // namespace promlite

#endif  // PROMLITE_TESTS_APPS_RUN_PROGRAM_H_
