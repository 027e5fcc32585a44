# Runs PROGRAM and compares what it prints on standard output with the file EXPECTED, byte for byte.
#
# A program that is meant to fail has the line `fails: MESSAGE` at the end of EXPECTED: it must end with an error,
# and say MESSAGE on standard error. With ORDER the times in front of the lines are left out: a real clock has others.
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE printed ERROR_VARIABLE complained RESULT_VARIABLE status)
file(READ "${EXPECTED}" wanted)
if(wanted MATCHES "(^|\n)fails: ([^\n]*)\n$")
  set(message "${CMAKE_MATCH_2}")
  string(REGEX REPLACE "fails: [^\n]*\n$" "" wanted "${wanted}")
  string(FIND "${complained}" "${message}" place)
  if(place EQUAL -1 OR status STREQUAL "0")
    message(FATAL_ERROR "expected a failure that says: ${message}\nstatus ${status}, standard error:\n${complained}")
  endif()
elseif(NOT status STREQUAL "0")
  message(FATAL_ERROR "the program ended with ${status}:\n${complained}")
endif()
if(ORDER)
  string(REGEX REPLACE "(^|\n)\\[[ 0-9]+\\]" "\\1[time]" printed "${printed}")
  string(REGEX REPLACE "(^|\n)\\[[ 0-9]+\\]" "\\1[time]" wanted "${wanted}")
endif()
if(NOT printed STREQUAL wanted)
  message(FATAL_ERROR "expected:\n${wanted}\nprinted:\n${printed}")
endif()
