# Of promlite in a shared library its public face is seen, and nothing of its inside.
# CXX_COMPILER, LIBRARY (the static one), NM, WORK_DIR.

file(MAKE_DIRECTORY ${WORK_DIR})
execute_process(
  COMMAND ${CXX_COMPILER} -shared -o ${WORK_DIR}/libwhole.so
    -Wl,--whole-archive ${LIBRARY} -Wl,--no-whole-archive
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(
  COMMAND ${NM} --dynamic --defined-only --demangle ${WORK_DIR}/libwhole.so
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE ${WORK_DIR})

foreach(shown "promlite::Database::LoadFile(" "promlite::Engine::Range(")
  string(FIND "${symbols}" "${shown}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "not shown: ${shown}")
  endif()
endforeach()
string(REGEX MATCH " [A-Z] promlite::(promql::)?internal::[^\n]*" hidden "${symbols}")
if(hidden)
  message(FATAL_ERROR "shown, though it is of the inside:${hidden}")
endif()
