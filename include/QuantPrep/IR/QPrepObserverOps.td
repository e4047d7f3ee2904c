//===- QPrepObserverOps.td - Observers and observations ----*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPOBSERVEROPS_TD
#define QUANTPREP_IR_QPREPOBSERVEROPS_TD

def QPrep_ObserverOp : QPrep_Op<"observer", [Symbol]> {
  let summary = "an observer";
  let description = [{
    An observer instance. Values are observed by the same instance, and get the
    same quantization parameters, exactly if they are observed by one symbol.

    `id` numbers the observers of a module for the runtime; no two observers of
    a symbol table have the same. `statistics` and `qparams` are what calibration
    found, absent before.

    ```mlir
    qprep.observer private @conv1_out {id = 0, spec = #qprep.observer<placeholder, f32>, generated}
    ```
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    OptionalAttr<StrAttr>:$sym_visibility,
    // No attribute: numbers that are all different would fill the context.
    ConfinedProp<I64Prop, CPred<"$_self >= 0 && $_self < INT64_MAX">,
                 "a number from 0 to 2^63 - 2">:$id,
    QPrep_ObserverAttr:$spec,
    OptionalAttr<QPrep_StatisticsAttr>:$statistics,
    OptionalAttr<QPrep_QParamsAttr>:$qparams
  );
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

class QPrep_ObservationOp<string mnemonic, list<Trait> traits>
    : QPrep_Op<mnemonic, traits # [
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
        DeclareOpInterfaceMethods<SymbolUserOpInterface>,
        QPrep_ObservationOpInterface]> {
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def QPrep_Observable : AnyTypeOf<[TensorOf<[AnyFloat]>, MemRefOf<[AnyFloat]>]>;

def QPrep_ObserveOp : QPrep_ObservationOp<"observe", []> {
  let summary = "shows a value to an observer";
  let description = [{
    Returns its operand unchanged, and shows every element of it to the observer.

    On a tensor it has one result, of the operand's type. On a memref it has
    none: users read the buffer itself, so that observing never copies.

    The op reads and writes the state of its observer. It is neither pure nor
    speculatable: it is not removed, duplicated, hoisted or merged by
    canonicalization, CSE or loop-invariant code motion. Inlining copies the
    place, not the observer.

    Before observers are shared, the place carries its spec inline.

    Not promised: an order among places of different observers.

    ```mlir
    %1 = qprep.observe %0 by @x_in : tensor<1x224x224x3xf32>
    %1 = qprep.observe %0 as <placeholder, f32> : tensor<4xf32>
    qprep.observe %buffer by @x_in : memref<1x224x224x3xf32>
    ```
  }];
  let arguments = (ins
    QPrep_Observable:$input,
    OptionalAttr<FlatSymbolRefAttr>:$observer,
    OptionalAttr<QPrep_ObserverAttr>:$spec
  );
  let results = (outs Optional<TensorOf<[AnyFloat]>>:$result);
}

def QPrep_ResetObserverOp : QPrep_Op<"reset_observer", [
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "lets an observer forget what it has seen (T15)";
  let description = [{
    As if the observer had not been shown anything yet. Observers that have nothing to
    forget (placeholders, fixed parameters) may be reset as well.

    ```mlir
    qprep.reset_observer @x_in
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$observer);
  let assemblyFormat = "$observer attr-dict";
}

def QPrep_FakeQuantizeOp : QPrep_ObservationOp<"fake_quantize", [AllTypesMatch<["input", "result"]>]> {
  let summary = "shows a value to an observer, and rounds it to what quantization would make of it";
  let description = [{
    The form of `qprep.observe` that quantization-aware training wants (F30).
    While its observer has no quantization parameters yet, it returns its operand.

    ```
    result = scale * (clamp(round_half_even(input / scale) + zero_point, quant_min, quant_max) - zero_point)
    ```

    ```mlir
    %1 = qprep.fake_quantize %0 by @conv1_out : tensor<1x8x8x4xf32>
    ```
  }];
  let arguments = (ins
    TensorOf<[AnyFloat]>:$input,
    OptionalAttr<FlatSymbolRefAttr>:$observer,
    OptionalAttr<QPrep_ObserverAttr>:$spec
  );
  let results = (outs TensorOf<[AnyFloat]>:$result);
}

#endif // QUANTPREP_IR_QPREPOBSERVEROPS_TD
