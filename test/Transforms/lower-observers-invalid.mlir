// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -qprep-lower-observers

qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @fake_quantize(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'qprep.fake_quantize' op computes a new value, which a call of the runtime does not; only qprep.observe can be lowered, prepare without 'qat'}}
  %0 = qprep.fake_quantize %arg0 by @a : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @not_shared_yet(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'qprep.observe' op carries a spec where an observer is needed; run qprep-share-observers first}}
  %0 = qprep.observe %arg0 as <placeholder, f32> : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// expected-note @below {{the symbol is here}}
func.func private @qprep_observe_f32(i32)

func.func @callee_of_another_type(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'qprep.observe' op needs a function @qprep_observe_f32 of type '(i64, memref<*xf32>) -> ()', but the name is taken; rename that symbol or give another prefix with callee=}}
  %0 = qprep.observe %arg0 by @a : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-note @below {{the symbol is here}}
qprep.observer private @qprep_observe_f32 {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @callee_is_no_function(%arg0: memref<4xf32>) {
  // expected-error @below {{'qprep.observe' op needs a function @qprep_observe_f32}}
  qprep.observe %arg0 by @qprep_observe_f32 : memref<4xf32>
  return
}

// -----

qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @element_type(%arg0: tensor<4xf8E4M3FN>) -> tensor<4xf8E4M3FN> {
  // expected-error @below {{'qprep.observe' op observes elements of type 'f8E4M3FN', but the runtime takes f16, bf16, f32 and f64; cast the value before it is observed}}
  %0 = qprep.observe %arg0 by @a : tensor<4xf8E4M3FN>
  return %0 : tensor<4xf8E4M3FN>
}

// -----

qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @memory_space(%arg0: memref<4xf32, 3>) {
  // expected-error @below {{'qprep.observe' op observes memory space 3 : i64, but the runtime reads the default one; copy the buffer there before it is observed}}
  qprep.observe %arg0 by @a : memref<4xf32, 3>
  return
}

// -----

qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// expected-note @below {{the symbol is here}}
qprep.observer private @qprep_observe_reset {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @t15_callee_of_a_reset_is_no_function() {
  // expected-error @below {{'qprep.reset_observer' op needs a function @qprep_observe_reset}}
  qprep.reset_observer @a
  return
}
