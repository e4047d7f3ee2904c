// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -qprep-prepare

// An argument that is quantized outside goes in, a float value around: there is
// nothing to observe it with.
qprep.config @c attributes {inputs_quantized = array<i64: 0>} {
  qprep.assign global "fbgemm"
}
func.func @b1_quantized_outside(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @below {{a value that the loop carries is u8 in one place and float in another; give what makes it qconfigs of one dtype (B1)}}
  // expected-note @below {{u8 here}}
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4xf32> {
    %1 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    // expected-note @below {{float here}}
    scf.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

qprep.config @c backend @b {
  qprep.qconfig @half <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.assign global "fbgemm"
  qprep.assign kind "mul" @half
  qprep.backend @b {
    qprep.pattern @add different dtypes [#qprep.dtypes<>] {
      %0 = qprep.node add
    }
    qprep.pattern @mul different dtypes [#qprep.dtypes<>] {
      %0 = qprep.node mul
    }
  }
}
func.func @b2_dtypes_around_a_loop(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %start = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{a value that the loop carries is u8 in one place and f16 in another}}
  // expected-note @below {{u8 here}}
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %start) -> tensor<4xf32> {
    %1 = tosa.mul %y, %y, %shift : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
    // expected-note @below {{f16 here}}
    scf.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
