# How answers are compiled and linked, in one place: CTest's programs and the grader's fast path use the same words.
#
# An answer is one translation unit (unit.cpp: the answer, then the exercise's driver), compiled at -O0 with a
# precompiled header; what does not depend on the answer (params.cpp, driver.cpp) is compiled once. So a save is
# graded in a fraction of a second.

set(LAB_SANITIZE -fsanitize=address -fsanitize=undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1)
separate_arguments(lab_build_flags UNIX_COMMAND "${CMAKE_CXX_FLAGS}") # a preset's sanitizers reach answers too
set(lab_unit "${PROJECT_SOURCE_DIR}/grader/harness/unit.cpp")
set(lab_parts "${CMAKE_BINARY_DIR}/parts")
set(lab_entries "" CACHE INTERNAL "")
set(lab_stubs "" CACHE INTERNAL "")

add_custom_target(lab-core)          # what compiling an answer needs
add_custom_target(lab-core-sanitize) # the same with ASan and UBSan

# A faster linker, where there is one: with GNU ld half of a check's time goes by linking.
find_program(LAB_MOLD mold)
find_program(LAB_LLD ld.lld)
if(LAB_MOLD)
  set(lab_linker -fuse-ld=mold)
elseif(LAB_LLD)
  set(lab_linker -fuse-ld=lld)
endif()

option(LAB_TOGETHER "Compile many source files in one go: headers cost more than code, so a first build takes half as long" OFF)

# lab_together(TARGET GROUPS...): each group is the name of a list of sources that become one translation unit.
function(lab_together target)
  if(NOT LAB_TOGETHER)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  foreach(group IN LISTS ARGN)
    set_source_files_properties(${${group}} PROPERTIES UNITY_GROUP ${group})
  endforeach()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU") # what is included, g++ takes for a header's
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# lab_add_profile(lab|ex ""|_sanitize HEADER): the precompiled header, and the flags, of one kind of answer.
function(lab_add_profile name variant header_text)
  set(profile "${name}${variant}")
  set(folder "${CMAKE_BINARY_DIR}/answers/${profile}")
  set(header "${folder}/answer.hpp")
  file(CONFIGURE OUTPUT "${header}" CONTENT "${header_text}" @ONLY)

  # An answer is included, so g++ takes its lambdas for a header's and warns about their linkage.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(no_linkage_warning -Wno-subobject-linkage)
    set(fold -ffold-simple-inlines) # std::move is no call; g++ 12 does so only when it optimises
  endif()
  set(flags ${lab_build_flags} -std=c++20 -O0 ${fold} -pipe -Wall -Wextra -Werror=return-type ${no_linkage_warning}
      "-I${PROJECT_SOURCE_DIR}/grader/harness/include")
  if(name STREQUAL "ex")
    list(APPEND flags -DLAB_PREDICT "-I${PROJECT_SOURCE_DIR}/grader/harness/ex")
    set(objects "$<TARGET_OBJECTS:lab_ex${variant}>")
    set(libraries "")
  else()
    list(APPEND flags "-I${PROJECT_SOURCE_DIR}/runtime/include")
    set(objects "$<TARGET_OBJECTS:lab_harness${variant}>")
    set(libraries "$<TARGET_FILE:aio${variant}>")
  endif()
  if(variant STREQUAL "_sanitize")
    list(APPEND flags ${LAB_SANITIZE})
    set(sanitize ${LAB_SANITIZE})
  endif()

  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(precompiled "${header}.gch")
    set(use -include "${header}")
  else()
    set(precompiled "${header}.pch")
    set(use -include-pch "${precompiled}")
  endif()
  add_custom_command(OUTPUT "${precompiled}"
    COMMAND ${CMAKE_CXX_COMPILER} ${flags} -x c++-header "${header}" -o "${precompiled}" -MD -MF "${precompiled}.d"
    DEPENDS "${header}" DEPFILE "${precompiled}.d" COMMENT "Precompiling the header of ${profile} answers" VERBATIM)
  add_custom_target(lab-answers-${profile} DEPENDS "${precompiled}" ${objects} ${libraries})
  if(variant STREQUAL "_sanitize")
    add_dependencies(lab-core-sanitize lab-answers-${profile})
  else()
    add_dependencies(lab-core lab-answers-${profile})
  endif()

  set(lab_${profile}_compile ${flags} ${use} PARENT_SCOPE)
  set(lab_${profile}_link ${objects} ${libraries} ${lab_build_flags} ${sanitize} ${lab_linker} -pthread PARENT_SCOPE)
  set(lab_${profile}_inputs "${precompiled}" ${objects} ${libraries} PARENT_SCOPE)
  # Exercises are added by another folder's list file: they read the same words from the cache.
  set(lab_${profile}_compile ${flags} ${use} CACHE INTERNAL "")
  set(lab_${profile}_link ${objects} ${libraries} ${lab_build_flags} ${sanitize} ${lab_linker} -pthread CACHE INTERNAL "")
  set(lab_${profile}_inputs "${precompiled}" ${objects} ${libraries} CACHE INTERNAL "")
endfunction()

# lab_add_parts(KEY PROFILE TARGET): what every answer of an exercise is linked with, compiled as an answer is.
# Where there is no such file, the driver holds all of it.
function(lab_add_parts key profile target)
  set(objects "")
  string(REPLACE "_" "-" shown "${profile}")
  foreach(part IN ITEMS params driver)
    set(source "${PROJECT_SOURCE_DIR}/grader/checks/${key}/${part}.cpp")
    if(EXISTS "${source}")
      set(object "${lab_parts}/${shown}/${key}/${part}.o")
      cmake_path(GET object PARENT_PATH folder)
      file(MAKE_DIRECTORY "${folder}")
      add_custom_command(OUTPUT "${object}"
        COMMAND ${CMAKE_CXX_COMPILER} ${lab_${profile}_compile} -c "${source}" -o "${object}"
                -MD -MF "${object}.d" -MT "${object}"
        DEPENDS "${source}" ${lab_${profile}_inputs} DEPFILE "${object}.d"
        COMMAND_EXPAND_LISTS COMMENT "Building ${part} of ${key}" VERBATIM)
      list(APPEND objects "${object}")
    endif()
  endforeach()
  add_custom_target(${target} DEPENDS ${objects})
  add_dependencies(${target} lab-answers-${profile})
  set(lab_parts_of_answer ${objects} PARENT_SCOPE)
endfunction()

# Builds one answer, and a CTest that runs it through its checker. Links lab_parts_of_answer.
function(lab_add_answer label id key profile answer expect)
  set(program "${CMAKE_BINARY_DIR}/answers/${label}/${id}")
  set(checks "${PROJECT_SOURCE_DIR}/grader/checks/${key}")
  cmake_path(GET program PARENT_PATH folder)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(OUTPUT "${program}"
    COMMAND ${CMAKE_CXX_COMPILER} ${lab_${profile}_compile} "-DLAB_ANSWER=\"${answer}\"" "-DLAB_DRIVER=\"${checks}/driver.hpp\""
            -c "${lab_unit}" -o "${program}.o" -MD -MF "${program}.d" -MT "${program}"
    COMMAND ${CMAKE_CXX_COMPILER} "${program}.o" ${lab_parts_of_answer} ${lab_${profile}_link} -o "${program}"
    DEPENDS "${answer}" "${lab_unit}" "${checks}/driver.hpp" ${lab_parts_of_answer} ${lab_${profile}_inputs} DEPFILE "${program}.d"
    COMMAND_EXPAND_LISTS COMMENT "Building ${label} ${id}" VERBATIM)
  string(REPLACE "/" "-" flat "${key}")
  string(REPLACE "/" "." target "${label}.${id}")
  add_custom_target(${target} ALL DEPENDS "${program}")
  add_dependencies(${target} lab-answers-${profile})
  if(label STREQUAL "exercise") # the student's own: built and graded only when asked for
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  add_test(NAME ${label}.${id} COMMAND check-${flat} --program "${program}" ${expect})
  set_tests_properties(${label}.${id} PROPERTIES LABELS ${label} TIMEOUT 120)
endfunction()

# lab_add_exercise(NN-name/MM-slug): the checker, and the programs that prove it.
function(lab_add_exercise key)
  string(REPLACE "/" "-" flat "${key}")
  set(checks "${PROJECT_SOURCE_DIR}/grader/checks/${key}")
  add_executable(check-${flat} "${checks}/check.cpp")
  target_compile_features(check-${flat} PRIVATE cxx_std_20)
  target_compile_options(check-${flat} PRIVATE -O0 -g0) # a checker compares a few lines: build it fast
  target_link_libraries(check-${flat} PRIVATE lab_judge lab::warnings)
  file(STRINGS "${checks}/check.cpp" models REGEX "#include .*model/")
  if(models) # only some checks ask the model loop: the others are built sooner without it
    target_link_libraries(check-${flat} PRIVATE lab_model)
  endif()
  target_include_directories(check-${flat} PRIVATE "${PROJECT_SOURCE_DIR}/grader/harness/include")
  if(EXISTS "${checks}/params.cpp") # both in one go: they share all their headers
    target_sources(check-${flat} PRIVATE "${checks}/params.cpp")
    set_target_properties(check-${flat} PROPERTIES UNITY_BUILD ON)
  endif()

  set(profile lab)
  file(STRINGS "${PROJECT_SOURCE_DIR}/exercises/${key}.cpp" predicts REGEX "#include <ex.hpp>")
  if(predicts)
    set(profile ex)
  endif()
  # What ./lab builds with sanitizers is built so here: the same answers get the same verdicts.
  cmake_path(GET key PARENT_PATH lesson)
  cmake_path(GET key FILENAME slug)
  set(course "${PROJECT_SOURCE_DIR}/lessons/${lesson}/lesson.toml")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${course}")
  file(READ "${course}" data)
  if(data MATCHES "slug = \"${slug}\"[^[]*sanitize = true")
    string(APPEND profile _sanitize)
  else()
    lab_add_parts("${key}" ${profile}_sanitize parts-${flat}-sanitize) # for whoever asks with --sanitize
  endif()
  lab_add_parts("${key}" ${profile} parts-${flat})
  add_dependencies(check-${flat} parts-${flat})
  set(editable "${PROJECT_SOURCE_DIR}/exercises/${key}.cpp")
  if(EXISTS "${PROJECT_SOURCE_DIR}/solutions/${key}.cpp") # the students' edition of the course has none
    lab_add_answer(solution "${key}" "${key}" ${profile} "${PROJECT_SOURCE_DIR}/solutions/${key}.cpp" "--expect;accepted")
    list(APPEND editable "${PROJECT_SOURCE_DIR}/solutions/${key}.cpp")
  endif()
  lab_add_answer(stub "${key}" "${key}" ${profile} "${PROJECT_SOURCE_DIR}/exercises/${key}.cpp" "--expect;not-accepted")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${checks}" "${checks}/wrong" "${checks}/right")
  file(GLOB answers CONFIGURE_DEPENDS "${checks}/right/*.cpp")
  foreach(answer IN LISTS answers)
    cmake_path(GET answer STEM stem)
    lab_add_answer(right "${key}/${stem}" "${key}" ${profile} "${answer}" "--expect;accepted")
  endforeach()
  file(GLOB answers CONFIGURE_DEPENDS "${checks}/wrong/*.cpp")
  foreach(answer IN LISTS answers)
    cmake_path(GET answer STEM stem)
    file(STRINGS "${answer}" first LIMIT_COUNT 1 REGEX "^// expect: ")
    if(NOT first MATCHES "^// expect: ([a-z-]+) ([A-Za-z0-9-]+)")
      message(FATAL_ERROR "${answer}: the first line must be: // expect: VERDICT HINT — reason")
    endif()
    lab_add_answer(wrong "${key}/${stem}" "${key}" ${profile} "${answer}" "--expect;${CMAKE_MATCH_1}:${CMAKE_MATCH_2}")
  endforeach()

  # `ctest -L exercise` grades the student's work without Python: it builds the answer first, so that one that
  # does not compile fails its own test and no other.
  lab_add_answer(exercise "${key}" "${key}" ${profile} "${PROJECT_SOURCE_DIR}/exercises/${key}.cpp" "")
  add_test(NAME exercise.${key}.build COMMAND "${CMAKE_COMMAND}" --build "${CMAKE_BINARY_DIR}"
    --target exercise.${flat} check-${flat})
  add_test(NAME exercise.${key} COMMAND check-${flat} --program "${CMAKE_BINARY_DIR}/answers/exercise/${key}")
  set_tests_properties(exercise.${key}.build PROPERTIES LABELS exercise FIXTURES_SETUP built-${flat} RESOURCE_LOCK build)
  set_tests_properties(exercise.${key} PROPERTIES LABELS exercise FIXTURES_REQUIRED built-${flat})
  set(lab_stubs ${lab_stubs} ${editable} CACHE INTERNAL "")
endfunction()

# lab_add_demo(NN-name/demo): a lesson's program, and a test that its transcript is the one on the page.
function(lab_add_demo name)
  string(REPLACE "/" "." target "demo.${name}")
  add_executable(${target} "${PROJECT_SOURCE_DIR}/lessons/${name}.cpp")
  set_target_properties(${target} PROPERTIES OUTPUT_NAME "demo/${name}")
  cmake_path(GET name PARENT_PATH folder)
  file(MAKE_DIRECTORY "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/demo/${folder}")
  target_link_libraries(${target} PRIVATE aio::aio lab::warnings)
  add_test(NAME lesson.${name} COMMAND "${CMAKE_COMMAND}" "-DPROGRAM=$<TARGET_FILE:${target}>"
    "-DEXPECTED=${PROJECT_SOURCE_DIR}/lessons/${name}.expected" -P "${PROJECT_SOURCE_DIR}/cmake/compare_output.cmake")
  set_tests_properties(lesson.${name} PROPERTIES LABELS lesson TIMEOUT 30)
endfunction()

# lab_add_real_time_demo(NN-name/demo): the same program on the real clock; the order of its lines must stay.
function(lab_add_real_time_demo name)
  string(REPLACE "/" "." target "demo.${name}")
  add_test(NAME lesson.${name}.real-time COMMAND "${CMAKE_COMMAND}" -E env LAB_CLOCK=real
    "${CMAKE_COMMAND}" "-DPROGRAM=$<TARGET_FILE:${target}>" -DORDER=ON
    "-DEXPECTED=${PROJECT_SOURCE_DIR}/lessons/${name}.expected" -P "${PROJECT_SOURCE_DIR}/cmake/compare_output.cmake")
  set_tests_properties(lesson.${name}.real-time PROPERTIES LABELS lesson TIMEOUT 30 RESOURCE_LOCK real-time)
endfunction()

# Turns a list into JSON strings: "a", "b".
function(lab_json_list out)
  set(text "")
  foreach(item IN LISTS ARGN)
    string(REPLACE "\\" "\\\\" item "${item}")
    string(REPLACE "\"" "\\\"" item "${item}")
    list(APPEND text "\"${item}\"")
  endforeach()
  list(JOIN text ", " text)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# Writes <build>/lab.json: how the grader compiles an answer by itself, without asking the build system.
function(lab_write_description)
  set(profiles "")
  foreach(profile IN ITEMS lab ex lab_sanitize ex_sanitize)
    lab_json_list(compile ${lab_${profile}_compile})
    # Object files come as a generator expression: one item of the list, joined when the file is written.
    set(link "${lab_${profile}_link}")
    set(inputs "${lab_${profile}_inputs}")
    string(REPLACE "_" "-" shown "${profile}")
    list(APPEND profiles "\"${shown}\": {\"compile\": [${compile}],
      \"link\": [\"$<JOIN:${link},\", \">\"], \"inputs\": [\"$<JOIN:${inputs},\", \">\"]}")
  endforeach()
  list(JOIN profiles ",\n    " profiles)
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/lab.json" CONTENT "{\"cxx\": \"${CMAKE_CXX_COMPILER}\", \"unit\": \"${lab_unit}\",
  \"bin\": \"${CMAKE_RUNTIME_OUTPUT_DIRECTORY}\", \"parts\": \"${lab_parts}\",
  \"profiles\": {
    ${profiles}}}
")
  # Never built: it is there so that editors know how stubs are compiled.
  if(NOT lab_stubs)
    return()
  endif()
  add_library(editor OBJECT EXCLUDE_FROM_ALL ${lab_stubs})
  target_include_directories(editor PRIVATE "${PROJECT_SOURCE_DIR}/runtime/include" "${PROJECT_SOURCE_DIR}/grader/harness/ex")
  target_compile_features(editor PRIVATE cxx_std_20)
  file(CREATE_LINK "${CMAKE_BINARY_DIR}/compile_commands.json" "${PROJECT_SOURCE_DIR}/compile_commands.json"
    RESULT ignored SYMBOLIC) # a read-only checkout has no link, and no editor either
endfunction()
