#ifndef PROMLITE_TESTS_PARSER_PROMQL_SMALL_STACK_H_
#define PROMLITE_TESTS_PARSER_PROMQL_SMALL_STACK_H_

#include <gtest/gtest.h>
#include <pthread.h>

#include <functional>
#include <string>
#include <string_view>

namespace promlite::promql {

// Runs `body` on a thread with 2 MB of stack.
inline void OnSmallStack(const std::function<void()>& body) {
  constexpr size_t kStackBytes = size_t{2} << 20;
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStackBytes), 0);
  pthread_t thread;
  const auto run = [](void* argument) -> void* {
    (*static_cast<const std::function<void()>*>(argument))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, const_cast<std::function<void()>*>(&body)),
            0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

inline std::string Repeat(std::string_view text, size_t times) {
  std::string repeated;
  repeated.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) repeated.append(text);
  return repeated;
}

}  // namespace promlite::promql

#endif  // PROMLITE_TESTS_PARSER_PROMQL_SMALL_STACK_H_
