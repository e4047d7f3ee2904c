# What `cmake --install` puts into a prefix: the tools, the library under its
# name and under that of the plugin, headers, and a package for find_package.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/QuantPrep)
target_include_directories(QuantPrep INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
set(tools quant-prep-lsp-server quant-prep-opt quant-prep-reduce quant-prep-run)
set_target_properties(QuantPrep ${tools} PROPERTIES
  INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR};${LLVM_LIBRARY_DIR}")

install(TARGETS QuantPrep EXPORT QuantPrepTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES $<TARGET_FILE_DIR:QuantPrep>/QuantPrepPlugin.so
  DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(PROGRAMS scripts/reduce/message-comes.sh scripts/reduce/unit-stays-float.sh
  DESTINATION ${CMAKE_INSTALL_DATADIR}/quantprep/reduce)
install(TARGETS ${tools} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS QuantPrepRuntime EXPORT QuantPrepTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/QuantPrep ${PROJECT_BINARY_DIR}/include/QuantPrep
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.inc"
  PATTERN CMakeFiles EXCLUDE)
install(EXPORT QuantPrepTargets NAMESPACE QuantPrep:: DESTINATION ${package_dir})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/QuantPrepConfig.cmake.in
  ${PROJECT_BINARY_DIR}/QuantPrepConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/QuantPrepConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/QuantPrepConfig.cmake
  ${PROJECT_BINARY_DIR}/QuantPrepConfigVersion.cmake DESTINATION ${package_dir})
