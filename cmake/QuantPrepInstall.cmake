# What `cmake --install` puts into a prefix: the tools, the library under its
# name and under that of the plugin, headers, pages, and a package for
# find_package. `cpack -G DEB` makes a Debian package of it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/QuantPrep)
set(QUANTPREP_DATA_DIR ${CMAKE_INSTALL_DATADIR}/quantprep)
# Other than GNUInstallDirs has it, the name is that of the Debian package.
set(CMAKE_INSTALL_DOCDIR ${CMAKE_INSTALL_DATADIR}/doc/quantprep)

target_compile_features(QuantPrep INTERFACE cxx_std_17)
foreach(library QuantPrep QuantPrepRuntime)
  target_include_directories(${library} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()
set(tools quant-prep-compare quant-prep-lsp-server quant-prep-opt quant-prep-reduce quant-prep-run)
set_target_properties(QuantPrep ${tools} PROPERTIES
  INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR};${LLVM_LIBRARY_DIR}")

install(TARGETS QuantPrep EXPORT QuantPrepTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES $<TARGET_FILE_DIR:QuantPrep>/QuantPrepPlugin.so
  DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS ${tools} EXPORT QuantPrepTargets
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS QuantPrepRuntime EXPORT QuantPrepRuntimeTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/QuantPrep include/quantprep-c ${PROJECT_BINARY_DIR}/include/QuantPrep
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.inc"
  PATTERN CMakeFiles EXCLUDE)

install(FILES README.md CHANGELOG.md CONTRIBUTING.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs examples DESTINATION ${CMAKE_INSTALL_DOCDIR}
  PATTERN __pycache__ EXCLUDE)
install(FILES utils/quant-prep-opt.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME quant-prep-opt)
install(FILES docs/report.schema.json DESTINATION ${QUANTPREP_DATA_DIR})
install(FILES utils/quantprep_lit.py DESTINATION ${QUANTPREP_DATA_DIR}/lit)
install(PROGRAMS scripts/reduce/message-comes.sh scripts/reduce/unit-stays-float.sh
  DESTINATION ${QUANTPREP_DATA_DIR}/reduce)

foreach(targets QuantPrepTargets QuantPrepRuntimeTargets)
  install(EXPORT ${targets} NAMESPACE QuantPrep:: DESTINATION ${package_dir})
endforeach()
configure_package_config_file(cmake/QuantPrepConfig.cmake.in
  ${PROJECT_BINARY_DIR}/QuantPrepConfig.cmake INSTALL_DESTINATION ${package_dir}
  PATH_VARS CMAKE_INSTALL_LIBDIR QUANTPREP_DATA_DIR CMAKE_INSTALL_DOCDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/QuantPrepConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/QuantPrepConfig.cmake
  ${PROJECT_BINARY_DIR}/QuantPrepConfigVersion.cmake cmake/QuantPrepLit.cmake
  DESTINATION ${package_dir})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME quantprep)
set(CPACK_PACKAGE_CONTACT "The QuantPrep developers <quantprep@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Prepares and quantizes neural networks in MLIR")
set(CPACK_PACKAGE_DESCRIPTION
  "Tools and a library that find what can be quantized in a float model,\n observe it, and convert it to integers.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What compiling against it needs, and the tools that tests use.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libmlir-22-dev, llvm-22-dev, mlir-22-tools")
include(CPack)
