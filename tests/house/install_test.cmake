# Installs into a directory of its own: exactly the promised files, and a program that works from there.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

file(GLOB_RECURSE installed RELATIVE ${PREFIX} ${PREFIX}/*)
list(SORT installed)
set(expected
  bin/linkaudit
  share/doc/linkaudit/CHANGELOG.md
  share/doc/linkaudit/LICENSE
  share/doc/linkaudit/README.md
  share/linkaudit/builtin.yaml
  share/linkaudit/casebook.csv
)
if(NOT installed STREQUAL expected)
  message(FATAL_ERROR "installed: ${installed}\nexpected: ${expected}")
endif()

# Away from the source and from any catalog of the user's.
file(MAKE_DIRECTORY ${PREFIX}/elsewhere)
foreach(arguments "--version" "catalog;check" "--db;x.db;import;${PREFIX}/share/linkaudit/casebook.csv" "--db;x.db;matrix")
  execute_process(COMMAND ${PREFIX}/bin/linkaudit ${arguments} WORKING_DIRECTORY ${PREFIX}/elsewhere
                  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "linkaudit ${arguments} ended with ${result}:\n${output}${errors}")
  endif()
endforeach()
