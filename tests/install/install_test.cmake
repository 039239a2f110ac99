# Run by CTest with -P: BUILD_DIR, CONSUMER_DIR, WORK_DIR, CAPTURE, GENERATOR, CXX_COMPILER, CXX_FLAGS.
file(REMOVE_RECURSE ${WORK_DIR})

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "failed: ${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/prefix)
file(GLOB_RECURSE sources ${WORK_DIR}/prefix/include/*.cc)
if(sources)
  message(FATAL_ERROR "only headers belong under include/: ${sources}")
endif()

run(${CMAKE_COMMAND} -S ${CONSUMER_DIR} -B ${WORK_DIR}/build
  -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${CXX_COMPILER}
  -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK_DIR}/build)
run(${WORK_DIR}/build/consumer ${CAPTURE})
# The capture's own account of itself: five sessions made 7 commits (tests/data/captures/README.md).
if(NOT output STREQUAL "7 commits\n")
  message(FATAL_ERROR "the consumer printed: ${output}")
endif()
