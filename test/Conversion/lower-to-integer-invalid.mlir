// RUN: quant-prep-opt %s --qprep-lower-to-integer --verify-diagnostics

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @prepared(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{observes a value that is not converted; run qprep-convert first}}
  %0 = qprep.observe %x by @x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
