# quantprep_add_lit_testsuite(TARGET FOLDER [DEPENDS TARGET...])
#
# Makes a target that runs the tests of a folder with lit; they use our tools and
# those of LLVM as quantprep_lit.py says. A lit.cfg.py in the folder may add to
# the configuration.
function(quantprep_add_lit_testsuite target folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" DEPENDS)
  get_filename_component(folder ${folder} ABSOLUTE)
  set(tests ${CMAKE_CURRENT_BINARY_DIR}/${target})
  get_target_property(tool QuantPrep::quant-prep-opt LOCATION)
  file(WRITE ${tests}/lit.site.cfg.py
"import sys
sys.path.insert(0, r'${QuantPrep_LIT_DIR}')
import quantprep_lit
config.test_source_root = r'${folder}'
config.test_exec_root = r'${tests}'
quantprep_lit.configure(config, lit_config, tool=r'${tool}', plugin=r'${QuantPrep_PLUGIN}',
                        llvm_tools_dir=r'${LLVM_TOOLS_BINARY_DIR}')
")
  add_custom_target(${target} COMMAND ${LLVM_TOOLS_BINARY_DIR}/lit -sv ${tests}
    DEPENDS ${arg_DEPENDS} USES_TERMINAL COMMENT "Running the tests of ${folder}")
endfunction()
