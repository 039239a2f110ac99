#include "promlite/tests/apps/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace promlite {
namespace {

using Environment = std::vector<std::pair<std::string, std::string>>;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{60};

[[noreturn]] void Execute(const std::string& program, const std::vector<std::string>& arguments,
                          const Environment& environment) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (std::string& variable : variables) envp.push_back(variable.data());
  envp.push_back(nullptr);
  execve(program.c_str(), argv.data(), envp.data());
  _exit(127);
}

int ExitCode(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// A file without a name, so that neither writing nor reading it can block.
int TemporaryFile(const std::string& content) {
  std::FILE* file = std::tmpfile();
  std::fwrite(content.data(), 1, content.size(), file);
  std::fflush(file);
  const int fd = dup(fileno(file));
  std::fclose(file);
  lseek(fd, 0, SEEK_SET);
  return fd;
}

std::string ReadAll(int fd) {
  std::string text;
  char buffer[4096];
  lseek(fd, 0, SEEK_SET);
  for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;) text.append(buffer, n);
  close(fd);
  return text;
}

}  // namespace

bool HasPseudoTerminals() {
  int terminal = -1, its_program = -1;
  if (openpty(&terminal, &its_program, nullptr, nullptr, nullptr) != 0) return false;
  close(its_program);
  close(terminal);
  return true;
}

ProgramResult RunProgramToEnd(const std::string& program, const std::vector<std::string>& arguments,
                              const std::string& input, const Environment& environment) {
  const int in = TemporaryFile(input), out = TemporaryFile(""), err = TemporaryFile("");
  const pid_t child = fork();
  if (child < 0) return {};
  if (child == 0) {
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    Execute(program, arguments, environment);
  }
  int status = 0;
  waitpid(child, &status, 0);
  close(in);
  return {ExitCode(status), ReadAll(out), ReadAll(err)};
}

ProgramResult RunProgramOnTerminal(const std::string& program,
                                   const std::vector<std::string>& arguments,
                                   const std::vector<Typed>& typed,
                                   const Environment& environment) {
  winsize size{24, 80, 0, 0};
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  // Not to go on with: kill(-1) would be everybody.
  if (child < 0) return {};
  if (child == 0) Execute(program, arguments, environment);

  ProgramResult result;
  size_t next = 0, seen = 0;
  const Clock::time_point deadline = Clock::now() + kPatience;
  while (Clock::now() < deadline) {
    if (next < typed.size()) {
      const size_t found = result.out.find(typed[next].wait_for, seen);
      if (found != std::string::npos) {
        seen = found + typed[next].wait_for.size();
        const std::string& keys = typed[next].keys;
        if (write(terminal, keys.data(), keys.size()) < 0) break;
        ++next;
        continue;
      }
    }
    pollfd waiting{terminal, POLLIN, 0};
    if (poll(&waiting, 1, 100) <= 0) continue;
    char buffer[4096];
    const ssize_t n = read(terminal, buffer, sizeof buffer);
    if (n <= 0) break;  // the program has ended
    result.out.append(buffer, n);
  }
  // Whoever still runs has not understood what was typed.
  if (Clock::now() >= deadline) kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  close(terminal);
  result.exit_code = ExitCode(status);
  return result;
}

}  // namespace promlite
