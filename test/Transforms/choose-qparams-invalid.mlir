// RUN: quant-prep-opt %s -split-input-file --qprep-choose-qparams -verify-diagnostics
// RUN: quant-prep-opt %S/choose-qparams.mlir --split-input-file --qprep-choose-qparams=method=entropy -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not quant-prep-opt %s --qprep-choose-qparams='method=percentile percentile=0' 2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: not quant-prep-opt %s --qprep-choose-qparams='percentile=100.5' 2>&1 | FileCheck %s --check-prefix=MORE
// RUN: not quant-prep-opt %s --qprep-choose-qparams='method=best' 2>&1 | FileCheck %s --check-prefix=METHOD
// RUN: not quant-prep-opt %s --qprep-choose-qparams='method=mse percentile=99' 2>&1 | FileCheck %s --check-prefix=UNUSED
// RUN: echo 'module {}' | quant-prep-opt --qprep-choose-qparams 2>&1 | FileCheck %s --check-prefix=EMPTY

// UNUSED: error: percentile= is for method=percentile; give both, or neither
// EMPTY: warning: no observers to choose parameters for; run qprep-prepare and qprep-calibrate before
// ZERO: error: percentile must be above 0 and at most 100, got: 0
// MORE: error: percentile must be above 0 and at most 100, got: 1.005000e+02
// METHOD: unknown value 'best'; known are configured, minmax, mse, percentile, entropy

// NONE: warning: no observer has a histogram, which this method needs; ranges are chosen as configured

// expected-error @below {{has statistics whose resource 'nowhere' is not in the file; it needs 8 bytes; write the module with its resources, or calibrate again}}
qprep.observer private @elided {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3,
    histogram = <exponent = -29, first = 536870912, counts = dense_resource<nowhere> : tensor<1xi64>>>}

// -----

// expected-error @below {{has statistics whose resource 'short' has 4 bytes, not 8 bytes; write the module with its resources, or calibrate again}}
qprep.observer private @short {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3,
    histogram = <exponent = -29, first = 536870912, counts = dense_resource<short> : tensor<1xi64>>>}

{-# dialect_resources: { builtin: { short: "0x0800000003000000" } } #-}

// -----

// expected-error @below {{has statistics that do not hang together: the counts of the histogram add up to 3, but there are 4 finite values; calibrate again}}
qprep.observer private @less {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 4,
    histogram = <exponent = -29, first = 536870912, counts = dense_resource<three> : tensor<1xi64>>>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}

// -----

// expected-error @below {{the counts of the histogram do not add up to the 2 finite values}}
qprep.observer private @more {id = 1, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 4, nan = 2,
    histogram = <exponent = -29, first = 536870912, counts = dense_resource<three> : tensor<1xi64>>>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}

// -----

// expected-error @below {{the bins of the histogram do not follow from min and max}}
qprep.observer private @elsewhere {id = 2, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3,
    histogram = <exponent = -29, first = 536870913, counts = dense_resource<three> : tensor<1xi64>>>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}

// -----

// expected-error @below {{the observer collects a histogram, which is missing}}
qprep.observer private @without {id = 3, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}

// -----

// expected-error @below {{the observer collects passes, which are missing}}
qprep.observer private @no_passes {id = 4, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}

// -----

// expected-error @below {{passes are not in the order of their runs}}
qprep.observer private @disordered {id = 5, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 64, runs = 2,
    passes = <runs = dense_resource<runs> : tensor<2xi64>, ranges = dense_resource<ranges> : tensor<2x1x2xf64>>>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}

// -----

// expected-error @below {{passes have a minimum and a maximum that are no range}}
qprep.observer private @no_ranges {id = 6, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 64, runs = 2,
    passes = <runs = dense_resource<three> : tensor<1xi64>, ranges = dense_resource<upside_down> : tensor<1x1x2xf64>>>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}

// -----

// expected-error @below {{there is a range exactly if there is a finite value}}
qprep.observer private @range_of_nothing {id = 7, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 2, nan = 2>}

{-#
  dialect_resources: {
    builtin: {
      three: "0x080000000300000000000000",
      runs: "0x0800000001000000000000000000000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000206040",
      upside_down: "0x080000000000000000E06F400000000000000000"
    }
  }
#-}
