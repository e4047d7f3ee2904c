// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-verify-prepared

// Listed inputs are observed at each call, unless they come quantized.
qprep.observer private @x {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine, bins = 2048>} attributes {qprep.generated}
func.func private @body(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    attributes {qprep.standalone = #qprep.standalone_function<config = @qprep_config::@body, inputs = [0], outputs = [1]>} {
  return %x, %y : tensor<4xf32>, tensor<4xf32>
}
func.func @f28_input_is_not_observed(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  // expected-note @below {{it is made here}}
  %1:2 = func.call @body(%0, %x) {qprep.unit = #qprep.unit<standalone [input, input]>, qprep.assigned = #qprep.assigned<@qprep_config::@u8 from global>, qprep.plan = #qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>, f32] -> [f32, ui8]>} : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %2:2 = func.call @body(%1#1, %x) {qprep.unit = #qprep.unit<standalone [input, input]>, qprep.assigned = #qprep.assigned<@qprep_config::@u8 from global>, qprep.plan = #qprep.plan<observed [ui8, f32] -> [f32, ui8]>} : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  // expected-error @below {{requires operand 0 observed as u8, but it is not observed}}
  %3:2 = func.call @body(%1#0, %x) {qprep.unit = #qprep.unit<standalone [input, input]>, qprep.assigned = #qprep.assigned<@qprep_config::@u8 from global>, qprep.plan = #qprep.plan<observed [ui8, f32] -> [f32, ui8]>} : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %3#0 : tensor<4xf32>
}
qprep.config private @qprep_config backend @native attributes {qprep.generated} {
  qprep.qconfig @u8 <activation = <histogram, ui8, per_tensor_affine, bins = 2048>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @native {
  }
  qprep.config private @body backend @native attributes {entry = "body", inputs_quantized = array<i64: 0>, outputs_quantized = array<i64: 1>} {
    qprep.backend @native {
    }
  }
  qprep.standalone @body with @body
}
