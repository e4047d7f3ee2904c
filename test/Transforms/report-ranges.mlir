// What calibration found, in each format of the report.

// RUN: quant-prep-opt %s --qprep-choose-qparams --qprep-report=output=%t.json -o /dev/null
// RUN: FileCheck %s --input-file=%t.json --check-prefix=JSON
// RUN: %python %S/../Report/validate.py %quantprep_src/docs/report.schema.json %t.json
// RUN: quant-prep-opt %s --qprep-choose-qparams --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=TEXT
// RUN: quant-prep-opt %s --qprep-choose-qparams --qprep-report=format=svg -o /dev/null | FileCheck %s --check-prefix=SVG
// Before parameters are chosen.
// RUN: quant-prep-opt %s --qprep-report -o /dev/null | FileCheck %s --check-prefix=SEEN
// RUN: quant-prep-opt %s --qprep-report=format=svg -o /dev/null | FileCheck %s --check-prefix=SVGSEEN

// JSON-LABEL: "name": "x"
// JSON:      "min": [-1],
// JSON-NEXT: "max": [1.55{{[0-9]*}}],
// JSON-NEXT: "count": 64,
// JSON-NEXT: "runs": 2,
// JSON-NEXT: "infinite": 0,
// JSON-NEXT: "nan": 1,
// JSON-NEXT: "saturated": 0,
// JSON-NEXT: "scale": [0.00999{{[0-9]+}}],
// JSON-NEXT: "zero_point": [100]
// JSON-LABEL: "name": "weight"
// JSON:      "min": [-127.5, null],
// JSON-NEXT: "max": [1, null],
// JSON:      "saturated": 0,
// JSON-NEXT: "scale": [1, 1],
// JSON-NEXT: "zero_point": [0, 0]
// Of a moving average the averages; whether its extremes are beyond the codes, nobody knows.
// JSON-LABEL: "name": "average"
// JSON:      "min": [0],
// JSON-NEXT: "max": [191.25],
// JSON:      "saturated": null,
// JSON-NEXT: "scale": [0.75],
// Edited by hand: its one value is beyond the codes.
// JSON-LABEL: "name": "edited"
// JSON:      "saturated": 1,
// JSON-NEXT: "scale": [0.001],
// JSON-LABEL: "name": "fixed"
// JSON-NOT:  "min"
// JSON-NOT:  "saturated"
// JSON:      "scale": [0.0078125],
// JSON-NEXT: "zero_point": [128]
// JSON-LABEL: "name": "unseen"
// JSON-NOT:  "min"
// JSON-NOT:  "scale": [
// JSON-LABEL: "name": "half"

// SEEN-LABEL: "name": "x"
// SEEN:       "nan": 1
// SEEN-NOT:   "saturated"
// SEEN-NOT:   "scale": [
// SEEN-LABEL: "name": "weight"

// TEXT:      observer  kind                      range          scale    zero point  saturated
// TEXT-NEXT: x         minmax u8                 -1 .. 1.55     0.01     100         0.000%
// TEXT-NEXT: weight    per_channel_minmax i8     -127.5 .. 1    1        0           0.000%
// TEXT-NEXT: average   moving_average_minmax u8  0 .. 191.25    0.75     0           -
// TEXT-NEXT: edited    histogram u8              1 .. 1         0.001    0           100.000%
// TEXT-NEXT: fixed     fixed_qparams u8          no value       0.0078125  128         -
// TEXT-NEXT: unseen    minmax u8                 no value       -        -           -
// TEXT-NOT:  half

// SVG:      <svg xmlns="http://www.w3.org/2000/svg"
// SVG:      Ranges of 6 observers
// SVG:      1 others collect no values
// SVG:      <title>x: minmax u8</title>
// SVG:      <rect class="codes"
// SVG:      <rect class="inside"
// SVG:      scale 0.01, zero point 100</text>
// SVG:      <title>weight: per_channel_minmax i8</title>
// SVG:      2 channels</text>
// SVG:      <title>edited: histogram u8</title>
// SVG:      <rect class="outside"
// SVG:      scale 0.001, zero point 0, 100.000% out</text>
// SVG:      <title>unseen: minmax u8</title>
// SVG:      no value seen
// SVG:      </svg>

// SVGSEEN:  nothing chosen

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [-1.0], max = [1.55], count = 64, runs = 2, nan = 1>}
qprep.observer private @weight {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>,
  statistics = #qprep.statistics<min = [-127.5, 0x7FF0000000000000], max = [1.0, 0xFFF0000000000000], count = 64, nan = 32>}
qprep.observer private @average {id = 2, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, averaging_constant = 0.5>,
  statistics = #qprep.statistics<min = [0.0], max = [255.0], count = 64, runs = 2,
    passes = <runs = dense_resource<runs> : tensor<2xi64>, ranges = dense_resource<ranges> : tensor<2x1x2xf64>>>}
qprep.observer private @edited {id = 3, spec = #qprep.observer<histogram, ui8, per_tensor_affine>,
  statistics = #qprep.statistics<min = [1.0], max = [1.0], count = 3, runs = 1,
    histogram = <exponent = -29, first = 536870912, counts = dense_resource<counts> : tensor<1xi64>>>,
  qparams = #qprep.qparams<scale = [0.001], zero_point = [0]>}
qprep.observer private @fixed {id = 4, spec = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 0.0078125, zero_point = 128>}
qprep.observer private @unseen {id = 5, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @half {id = 6, spec = #qprep.observer<placeholder, f16>}

func.func @f(%x: tensor<2x32xf32>) {
  %0 = qprep.observe %x by @x : tensor<2x32xf32>
  %1 = qprep.observe %x by @weight : tensor<2x32xf32>
  %2 = qprep.observe %x by @average : tensor<2x32xf32>
  %3 = qprep.observe %x by @edited : tensor<2x32xf32>
  %4 = qprep.observe %x by @fixed : tensor<2x32xf32>
  %5 = qprep.observe %x by @unseen : tensor<2x32xf32>
  %6 = qprep.observe %x by @half : tensor<2x32xf32>
  return
}

{-#
  dialect_resources: {
    builtin: {
      runs: "0x0800000000000000000000000100000000000000",
      ranges: "0x0800000000000000000000000000000000E06F4000000000000000000000000000E05F40",
      counts: "0x080000000300000000000000"
    }
  }
#-}
