//===- QPrepQuantizeOps.td - Between floats and codes ------*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPQUANTIZEOPS_TD
#define QUANTPREP_IR_QPREPQUANTIZEOPS_TD

include "mlir/Dialect/Quant/IR/QuantBase.td"

/// A tensor of one of the types !quant.uniform.
def QPrep_Quantized : TensorOf<[quant_QuantizedType]>;
def QPrep_Real : TensorOf<[AnyFloat]>;

def QPrep_QuantizeOp : QPrep_Op<"quantize", [Pure]> {
  let summary = "floats to the codes of a quantized type";
  let description = [{
    All in float32, half to even, whatever the width of the input:

    ```
    result = clamp(round_half_even(input * (1 / scale)) + zero_point, quant_min, quant_max)
    ```

    `1 / scale` is rounded to float32 first, as in PyTorch; TOSA has no other division, so that
    all forms of a model have the same codes. `quant_min` and `quant_max` are the storage range
    of the type. NaN becomes `quant_min`; infinities saturate.

    Of a type with parameters per axis or per block, those of the element's channel or
    block are taken.

    Folds only over a `qprep.dequantize` of its own result type: any other pair rounds.

    ```mlir
    %q = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 2.0e-02:-3>>
    ```
  }];
  let arguments = (ins QPrep_Real:$input);
  let results = (outs QPrep_Quantized:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def QPrep_DequantizeOp : QPrep_Op<"dequantize", [Pure]> {
  let summary = "the floats that the codes of a quantized type stand for";
  let description = [{
    ```
    result = (input - zero_point) * scale
    ```

    The difference is exact, `scale` is rounded to float32, and the product is computed in float32.
    A result of another width is rounded once more.

    ```mlir
    %x = qprep.dequantize %q : tensor<4x!quant.uniform<i8:f32, 2.0e-02:-3>> -> tensor<4xf32>
    ```
  }];
  let arguments = (ins QPrep_Quantized:$input);
  let results = (outs QPrep_Real:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def QPrep_DynamicFakeQuantizeOp : QPrep_Op<"dynamic_fake_quantize", [Pure, SameOperandsAndResultType]> {
  let summary = "rounds a value to a grid that is computed from its own range";
  let description = [{
    What dynamic quantization makes of an activation. `low` and `high` are the smallest and
    largest element, and 0; the grid is that of PyTorch's `choose_qparams` for quint8:

    ```
    scale      = (high - low) / (quant_max - quant_min);  0.1 if that is 0;  at least 6.1e-5
    zero_point = clamp(round_half_even(quant_min - low / scale), quant_min, quant_max)
    result     = dequantize(quantize(input))
    ```

    With `symmetric`, `low` and `high` are the larger of both magnitudes, and the zero point is
    the middle of the codes. The zero point is that of `low` or of `high`, whichever is rounded less.
    Codes and products are computed in float32 as `qprep.quantize` and `qprep.dequantize` do.

    ```mlir
    %1 = qprep.dynamic_fake_quantize %0 {quant_max = 255 : i64, quant_min = 0 : i64} : tensor<1x16xf32>
    ```
  }];
  let arguments = (ins QPrep_Real:$input, I64Attr:$quant_min, I64Attr:$quant_max, UnitAttr:$symmetric);
  let results = (outs QPrep_Real:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
  let hasVerifier = 1;
}

#endif // QUANTPREP_IR_QPREPQUANTIZEOPS_TD
