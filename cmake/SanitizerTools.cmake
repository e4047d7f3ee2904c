# quantprep_add_sanitizer_tools(TOOL...)
#
# In a build with a sanitizer, writes scripts of these names beside the driver
# that run LLVM's tools with the runtime of the sanitizer loaded first: without
# it they cannot load a library that is instrumented.
function(quantprep_add_sanitizer_tools)
  if(LLVM_USE_SANITIZER MATCHES Address)
    set(runtime libclang_rt.asan-${CMAKE_SYSTEM_PROCESSOR}.so)
  elseif(LLVM_USE_SANITIZER MATCHES Thread)
    set(runtime libclang_rt.tsan-${CMAKE_SYSTEM_PROCESSOR}.so)
  else()
    return()
  endif()
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=${runtime}
    OUTPUT_VARIABLE path OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  foreach(tool IN LISTS ARGN)
    set(script ${LLVM_RUNTIME_OUTPUT_INTDIR}/${tool})
    file(WRITE ${script} "#!/bin/sh\nLD_PRELOAD=${path} exec ${LLVM_TOOLS_BINARY_DIR}/${tool} \"$@\"\n")
    file(CHMOD ${script} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  endforeach()
endfunction()
