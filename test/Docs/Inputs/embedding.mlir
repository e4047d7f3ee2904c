// A table of words, and a layer on those that are looked up.
module {
  func.func @forward(%words: tensor<1x3xi32>) -> tensor<1x3x2xf32> {
    %table = "tosa.const"() <{values = dense<0.5> : tensor<1x8x4xf32>}> : () -> tensor<1x8x4xf32> loc("words.weight")
    %0 = tosa.gather %table, %words : (tensor<1x8x4xf32>, tensor<1x3xi32>) -> tensor<1x3x4xf32> loc("words")
    %weight = "tosa.const"() <{values = dense<0.25> : tensor<1x4x2xf32>}> : () -> tensor<1x4x2xf32> loc("fc.weight")
    %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
    %1 = tosa.matmul %0, %weight, %zero, %zero : (tensor<1x3x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x2xf32> loc("fc")
    return %1 : tensor<1x3x2xf32>
  }
}
