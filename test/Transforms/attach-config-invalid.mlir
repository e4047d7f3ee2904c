// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -qprep-attach-config

module @two_configs {
  // expected-note @below {{@a here}}
  qprep.config @a {}
  // expected-error @below {{more than one qprep.config; choose one with config=@name}}
  // expected-note @below {{@b here}}
  qprep.config @b {}
}

// -----

qprep.config @f4_unknown_preset {
  // expected-error @below {{unknown preset 'fbgem'; known are dynamic-f16, dynamic-int8, dynamic-int8-per-channel, equalization, fbgemm, fbgemm-qat, onednn, onednn-qat, qnnpack, qnnpack-qat, static-f16, tosa, tosa-a16w8, tosa-per-tensor, weight-only, weight-only-4bit, x86, x86-qat}}
  qprep.assign name "fc" "fbgem"
}

// -----

// expected-error @below {{unknown backend preset 'natve'; known are executorch, fbgemm, native, native_and_fp16, qnnpack, tensorrt, torchscript, tosa, x86}}
qprep.config @f6_unknown_backend backend "natve" {}

// -----

func.func @f4_unknown_preset_on_op(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unknown preset 'int8'; known are}}
  %0 = tosa.exp %x {qprep.qconfig = "int8"} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{@nowhere is no qprep.qconfig of the configuration; define it there, or name a preset in quotes}}
func.func private @f2_unknown_symbol_on_function() attributes {qprep.qconfig = @nowhere}

// -----

// expected-error @below {{@c::@pt is no qprep.qconfig of the configuration}}
func.func private @f2_nested_symbol() attributes {qprep.qconfig = @c::@pt}

// -----

qprep.config @preset_name_taken {
  // expected-error @below {{qconfig @fbgemm is not that of preset 'fbgemm', which is used as well; give it another name}}
  qprep.qconfig @fbgemm <activation = <placeholder, f16>, weight = <placeholder, f16>>
  // expected-note @below {{preset used here}}
  qprep.assign global "fbgemm"
}

// -----

// F4: a global preset has qconfigs of its own for some kinds.
qprep.config @f4_name_of_a_kind_of_the_preset_taken {
  // expected-error @below {{qconfig @fbgemm_sigmoid is not that of preset 'fbgemm', which is used as well; give it another name}}
  qprep.qconfig @fbgemm_sigmoid <activation = <placeholder, f16>, weight = <placeholder, f16>>
  // expected-note @below {{preset used here}}
  qprep.assign global "fbgemm"
}

// -----

// expected-error @below {{entry 'g' is no function of the module}}
qprep.config @f7_unknown_entry attributes {entry = "g"} {}

// -----

// expected-error @below {{inputs-quantized has index 1, but no such argument exists}}
qprep.config @f10_index_out_of_range attributes {inputs_quantized = array<i64: 0, 1>} {}
// expected-note @below {{@f has 1}}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{outputs-quantized has index 3, but no entry function has such result}}
qprep.config @f25_index_out_of_range attributes {outputs_quantized = array<i64: 3>} {}

// -----

qprep.config @mine {
  // expected-note @below {{the qconfig is here}}
  qprep.qconfig @q <activation = <placeholder, f16>, weight = <placeholder, f16>>
  // expected-error @below {{assigns @q for equalization, which has no input_equalization and weight_equalization observers; use the preset "equalization"}}
  qprep.assign equalization global @q
}

// -----

qprep.config @mine {
  // expected-note @below {{the qconfig is here}}
  qprep.qconfig @q <activation = <input_equalization, ui8, per_tensor_symmetric, axis = 1>,
                    weight = <weight_equalization, i8, per_channel_symmetric, axis = 1>>
  // expected-error @below {{assigns @q for quantization, but it observes for equalization; write qprep.assign equalization}}
  qprep.assign kind "linear" @q
}
