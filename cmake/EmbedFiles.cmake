# quantprep_embed_files(OUTPUT FILE...)
#
# Writes OUTPUT, a list of {"folder", "stem", "text"} initializers, one for each
# FILE, the text as raw string literals. Rebuilt when a file changes.
function(quantprep_embed_files output)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DFILES=${ARGN}"
            -P ${PROJECT_SOURCE_DIR}/cmake/EmbedFilesScript.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/EmbedFilesScript.cmake
    VERBATIM)
endfunction()
