//===- Passes.td - From observed values to integers --------*- tablegen -*-===//

#ifndef QUANTPREP_CONVERSION_PASSES_TD
#define QUANTPREP_CONVERSION_PASSES_TD

include "QuantPrep/Support/CheckedPass.td"

def Convert : QPrep_ModulePass<"qprep-convert"> {
  let summary = "Quantizes what observers observe: the reference form";
  let description = [{
    Each observation becomes a pair of `qprep.quantize` and `qprep.dequantize` with the
    `qparams` of its observer. The ops of the model stay as they are and compute in float, on
    values that lie on the grids. Constants are quantized at once.

    ```mlir
    qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
                               qparams = #qprep.qparams<scale = [2.5e-01], zero_point = [3]>}
    %1 = qprep.observe %0 by @x : tensor<4xf32>
    ```
    becomes
    ```mlir
    %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!quant.uniform<u8:f32, 2.5e-01:3>>
    %2 = qprep.dequantize %1 : tensor<4x!quant.uniform<u8:f32, 2.5e-01:3>> -> tensor<4xf32>
    ```

    * An observer with dtype f16 or bf16 rounds to that type and back; in dynamic mode weights only.
    * What is quantized dynamically becomes a `qprep.dynamic_fake_quantize`.
    * `qprep.fake_quantize` becomes the same as `qprep.observe`.
    * An observer without `qparams` (it never saw a value) gets a warning, and what it
      observes stays float.
    * An argument with a `#qprep.qparams` as `qprep.qparams` gets a quantized type; all that are
      listed as `inputs_quantized` need one. A result that is listed as `outputs_quantized`
      gets the type that it is quantized to.

    Observers stay for the report, without places that name them.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect", "::mlir::arith::ArithDialect",
                           "::mlir::quant::QuantDialect", "::mlir::tosa::TosaDialect"];
}

def LowerQuantize : QPrep_ModulePass<"qprep-lower-quantize"> {
  let summary = "Lowers quantize and dequantize to arith, so that a module runs";
  let description = [{
    `qprep.quantize`, `qprep.dequantize`, `qprep.dynamic_fake_quantize` and `qprep.fake_quantize`
    become `linalg.generic` ops with arith bodies that compute exactly what the ops are
    specified to. Tensors of quantized types become tensors of their storage types, arguments
    and results of functions too. `qprep.fake_quantize` whose observer has no `qparams` returns
    its operand.

    ```mlir
    %1 = qprep.dequantize %0 : tensor<4x!quant.uniform<i8:f32, 2.5e-01:3>> -> tensor<4xf32>
    ```
    becomes a generic op with this body
    ```mlir
    ^bb0(%in: i8, %out: f32):
      %2 = arith.extsi %in : i8 to i32
      %3 = arith.subi %2, %c3_i32 : i32
      %4 = arith.sitofp %3 : i32 to f32
      %5 = arith.mulf %4, %cst : f32
      linalg.yield %5 : f32
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect", "::mlir::tensor::TensorDialect"];
}

def LowerToInteger : QPrep_ModulePass<"qprep-lower-to-integer"> {
  let summary = "Computes on integers what lies between dequantize and quantize";
  let description = [{
    Reads the reference form. What computes a value that is quantized, from values that are
    dequantized and from constants, becomes ops on integers of its own dialect
    (`IntegerFormOpInterface`); docs/numerics.md has the arithmetic. What has no integer form stays float,
    between casts. Codes of u8 are shifted by 128, since TOSA has signed ones.

    ```mlir
    %1 = qprep.dequantize %0 : tensor<1x4x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<1x4xf32>
    %2 = tosa.add %1, %1 : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
    %3 = qprep.quantize %2 : tensor<1x4xf32> -> tensor<1x4x!quant.uniform<i8:f32, 1.0>>
    ```
    becomes
    ```mlir
    %1 = tosa.table %0, %table : (tensor<1x4xi8>, tensor<256xi8>) -> tensor<1x4xi8>
    ```

    Nothing of the qprep dialect is left but attributes: `qprep.converted` on ops and
    `qprep.units` on functions say what became of each unit, `qprep.presets` by what
    they were prepared. Stock tools run the module.
  }];
  let options = [
    Option<"floatUnits", "float", "::quantprep::FloatOption", "::quantprep::FloatOption::Allow",
           "What becomes of a quantized unit that has no integer form",
           [{::llvm::cl::values(
             clEnumValN(::quantprep::FloatOption::Allow, "allow", "it stays float"),
             clEnumValN(::quantprep::FloatOption::Forbid, "forbid", "an error"))}]>
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect", "::mlir::quant::QuantDialect",
                           "::mlir::tensor::TensorDialect", "::mlir::tosa::TosaDialect"];
}

def ExportQuantOps : QPrep_ModulePass<"qprep-export-quant-ops"> {
  let summary = "Writes upstream's quant.qcast and quant.dcast for other tools";
  let description = [{
    The very last step, for tools that read the quant dialect. Run no other pass behind it:
    upstream folds a `quant.dcast` of a `quant.qcast` to its operand, though it rounds, and its
    `--lower-quant-ops` truncates.

    ```mlir
    %q = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 2.5e-01>>
    %q = quant.qcast %x : tensor<4xf32> to tensor<4x!quant.uniform<i8:f32, 2.5e-01>>
    ```
  }];
  let dependentDialects = ["::mlir::quant::QuantDialect"];
}

#endif // QUANTPREP_CONVERSION_PASSES_TD
