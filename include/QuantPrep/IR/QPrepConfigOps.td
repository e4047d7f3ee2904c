//===- QPrepConfigOps.td - Configuration as IR -------------*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPCONFIGOPS_TD
#define QUANTPREP_IR_QPREPCONFIGOPS_TD

class QPrep_ContainerOp<string mnemonic, list<Trait> traits = []>
    : QPrep_Op<mnemonic, traits # [NoTerminator, SingleBlock, NoRegionArguments, IsolatedFromAbove, Symbol,
        DeclareOpInterfaceMethods<RegionKindInterface, ["getRegionKind"]>]> {
  let extraClassDefinition = [{
    ::mlir::RegionKind $cppClass::getRegionKind(unsigned) { return ::mlir::RegionKind::Graph; }
  }];
}

//===----------------------------------------------------------------------===//
// Configuration
//===----------------------------------------------------------------------===//

def QPrep_ConfigOp : QPrep_ContainerOp<"config", [
    SymbolTable, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "what preparation is told";
  let description = [{
    Holds qconfigs, the assignments of qconfigs to units (F2), backends (F6), clusters of
    the user's own, which go before the built-in ones, and the functions that are prepared
    in another way (F28, F29), with their own configurations nested in this one.
    `backend` names the one to prepare for: a `qprep.backend` inside or beside
    this op, or a preset in quotes (nothing: `"native"`). The options of preparation (F7) are attributes of this op.
    `qat`: for quantization-aware training (F30). `strict`: what is without effect (an assignment
    that matches no unit, a preparation that observes nothing) is an error, not a warning.

    `placement value`: values are observed by the rules T, from the function `entry` on.
    `mode`, `reset_functions` and `on_device` belong to it (T18, T15, T16).

    The one that `qprep-attach-config` makes is marked `qprep.generated`. It is resolved: it has
    its backend inside, and assigns symbols and none, no presets.

    ```mlir
    qprep.config @mine backend "native" {
      qprep.assign global "fbgemm"
      qprep.assign kind "linear" none
    }
    ```
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    OptionalAttr<StrAttr>:$sym_visibility,
    OptionalAttr<AnyAttrOf<[FlatSymbolRefAttr, StrAttr]>>:$backend,
    OptionalAttr<DenseI64ArrayAttr>:$inputs_quantized,
    OptionalAttr<DenseI64ArrayAttr>:$outputs_quantized,
    OptionalAttr<StrAttr>:$entry,
    UnitAttr:$qat,
    DefaultValuedProp<EnumProp<QPrep_Placement>, "::quantprep::qprep::Placement::graph">:$placement,
    DefaultValuedProp<EnumProp<QPrep_Mode>, "::quantprep::qprep::Mode::static_">:$mode,
    UnitAttr:$reset_functions,
    UnitAttr:$on_device,
    UnitAttr:$strict
  );
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    custom<SymbolDefinition>($sym_visibility, $sym_name) (`backend` $backend^)?
    (`placement` $placement^)? (`mode` $mode^)?
    attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def QPrep_QConfigOp : QPrep_Op<"qconfig", [Symbol, HasParent<"ConfigOp">]> {
  let summary = "names a qconfig (F1)";
  let description = [{
    ```mlir
    qprep.qconfig @f16 <activation = <placeholder, f16>, weight = <placeholder, f16>>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, QPrep_QConfigAttr:$config);
  let assemblyFormat = "$sym_name $config attr-dict";
}

def QPrep_AssignOp : QPrep_Op<"assign", [
    HasParent<"ConfigOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "assigns a qconfig to units (F2)";
  let description = [{
    Levels, weakest first: `global`; `kind` (a unit kind, or the name of an MLIR
    op, which goes before); `name_regex` (anchored at the start of the unit's path,
    first registered match wins); `name` (the unit's path or any enclosing path,
    nearest wins; parts are separated by `.` or `/`); `order` (the n-th unit of a
    kind directly in a module). A later entry for the same key replaces an earlier
    one. `none` is an answer, not a gap.

    The qconfig is a `qprep.qconfig` of this config, or a preset in quotes. At
    level `global` a preset brings its entries for single kinds along (F4), which
    give way to those written out; at other levels it is its global qconfig.

    ```mlir
    qprep.assign global "fbgemm"
    qprep.assign kind "linear" none
    qprep.assign name_regex "layer4[.].*" @pt
    qprep.assign name "layer1.0" @pt
    qprep.assign order "layer1" kind "conv2d" at 0 none
    ```

    With `equalization` it says which convolutions and linear layers to equalize
    (F27), in the same levels. The qconfig is one of equalization observers: the
    preset `"equalization"`, or one of this config.

    ```mlir
    qprep.assign equalization kind "linear" "equalization"
    ```

    `optional`: it may match no unit of the module, without a warning.
  }];
  let arguments = (ins
    UnitAttr:$equalization,
    EnumProp<QPrep_AssignLevel>:$level,
    OptionalAttr<StrAttr>:$key,
    OptionalAttr<StrAttr>:$kind,
    OptionalAttr<I64Attr>:$index,
    OptionalAttr<AnyAttrOf<[FlatSymbolRefAttr, StrAttr]>>:$qconfig,
    UnitAttr:$optional
  );
  let assemblyFormat = [{
    (`equalization` $equalization^)? custom<AssignTarget>($level, $key, $kind, $index) custom<QConfigReference>($qconfig)
    (`optional` $optional^)? attr-dict
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Functions that are prepared in another way
//===----------------------------------------------------------------------===//

def QPrep_StandaloneOp : QPrep_Op<"standalone", [
    HasParent<"ConfigOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a function that is prepared by itself (F28)";
  let description = [{
    The function of this name, or every called one whose name the regex matches from
    its start; a name wins over regexes, of these the first that matches. Its calls are units of kind
    `standalone`. The configuration is nested in this one; each of its parts may be missing:

    * assignments: else the call's qconfig is its global one;
    * `inputs_quantized`, `outputs_quantized`: arguments that the caller quantizes, results
      that are quantized for the caller (else none);
    * `backend`: else that of the configuration around it.

    ```mlir
    qprep.standalone @block
    qprep.standalone name_regex "head_.*" with @quantized_inputs
    qprep.config @quantized_inputs attributes {inputs_quantized = array<i64: 0>} {
    }
    ```
  }];
  let arguments = (ins
    OptionalAttr<FlatSymbolRefAttr>:$function,
    OptionalAttr<StrAttr>:$name_regex,
    OptionalAttr<FlatSymbolRefAttr>:$config
  );
  let assemblyFormat = "($function^)? (`name_regex` $name_regex^)? (`with` $config^)? attr-dict";
  let hasVerifier = 1;
}

def QPrep_CustomOp : QPrep_Op<"custom", [HasParent<"ConfigOp">]> {
  let summary = "a function with an observed replacement (F29)";
  let description = [{
    Calls of `function` are units of kind `custom`. Where a static qconfig quantizes
    activations, they are observed like any unit, and redirected to `observed`, a function of
    the same type. Neither function is prepared itself.

    `lstm`: the results come out of the replacement quantized. They are not observed,
    and their users take them for quantized.

    ```mlir
    qprep.custom @attention observed @observed_attention
    qprep.custom @lstm observed @observed_lstm lstm
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, FlatSymbolRefAttr:$observed, UnitAttr:$lstm);
  let assemblyFormat = "$function `observed` $observed (`lstm` $lstm^)? attr-dict";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Backends
//===----------------------------------------------------------------------===//

def QPrep_BackendOp : QPrep_ContainerOp<"backend", [SymbolTable]> {
  let summary = "what a backend supports (F6)";
  let description = [{
    A list of patterns. Longer ones are tried first, then the order decides (F8).

    ```mlir
    qprep.backend @mine {
      qprep.pattern @relu different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
        qprep.node relu
      }
    }
    ```

    `extends` starts from another backend: a preset in quotes, or one that is defined beside this
    one. A pattern here replaces the one there that has its name or its body; others are added,
    before those that are there; `qprep.remove` takes one away.

    ```mlir
    qprep.backend @mine extends "native" {
      qprep.remove @softmax
      qprep.pattern @sin different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
        qprep.node sin
      }
    }
    ```
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    OptionalAttr<StrAttr>:$sym_visibility,
    OptionalAttr<AnyAttrOf<[FlatSymbolRefAttr, StrAttr]>>:$base
  );
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    custom<SymbolDefinition>($sym_visibility, $sym_name) (`extends` $base^)? attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
}

def QPrep_RemoveOp : QPrep_Op<"remove", [HasParent<"BackendOp">]> {
  let summary = "leaves out a pattern of the backend that is extended";
  let description = [{
    ```mlir
    qprep.remove @softmax
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$pattern);
  let assemblyFormat = "$pattern attr-dict";
}

def QPrep_PatternOp : QPrep_ContainerOp<"pattern", [HasParent<"BackendOp">]> {
  let summary = "a kind of unit, or a fusion of kinds, that a backend supports (F6)";
  let description = [{
    The body says what matches: its last node is the last unit of the match.

    * the observation type: the output has its own observer (`different`), that of
      the first operand (`shared`), or this depends on the number of tensor operands
      of the root (`by_operands {0 different, 1 shared, 2 different}`, which is what
      `by_operands` alone stands for; the last entry counts for larger numbers, too);
    * `follow`, of one that is `shared`: quantized only where its first float operand is
      quantized anyway, by what makes it or by an observer that another user requires (B16);
    * `weight`, `bias`: operands with these roles count as such when the root is of
      this kind; else they are activations;
    * `unobserved`: neither input nor output is observed;
    * `dtypes`: what is supported, one config has to agree (F16);
    * `output`: the output's observer, whatever the qconfig says (fixed parameters), where
      the qconfig's activation has the same dtype.

    ```mlir
    qprep.pattern @relu_conv2d different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
      %0 = qprep.node conv2d
      %1 = qprep.node relu(%0)
    }
    ```
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    EnumProp<QPrep_ObservationType>:$observation,
    // Observation types, by number of tensor operands.
    OptionalAttr<DenseI64ArrayAttr>:$by_operands,
    UnitAttr:$follow,
    UnitAttr:$weight,
    UnitAttr:$bias,
    UnitAttr:$unobserved,
    TypedArrayAttrBase<QPrep_DTypeConfigAttr, "array of dtype configs">:$dtypes,
    OptionalAttr<QPrep_ObserverAttr>:$output
  );
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name custom<Observation>($observation, $by_operands) (`follow` $follow^)? (`weight` $weight^)? (`bias` $bias^)?
    (`unobserved` $unobserved^)? `dtypes` $dtypes (`output` $output^)? attr-dict-with-keyword $body
  }];
  let extraClassDeclaration = [{
    /// Different or shared, for a root with so many tensor operands.
    ObservationType getObservationOf(size_t tensorOperands);
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def QPrep_ClusterOp : QPrep_ContainerOp<"cluster"> {
  let summary = "a spelling of a unit kind in simpler kinds";
  let description = [{
    Where the body matches, its nodes become one unit of `kind`. Longer clusters
    are tried first, then the order decides. With `inside` the spelling is no unit by
    itself: it only stands for nodes of that kind in clusters that come after it.

    ```mlir
    qprep.cluster @silu is silu {
      %x = qprep.operand input
      %0 = qprep.node sigmoid(%x)
      %1 = qprep.node mul(%x, %0)
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, EnumProp<QPrep_UnitKind>:$kind, UnitAttr:$inside);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `is` $kind (`inside` $inside^)? attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Bodies of patterns and clusters
//===----------------------------------------------------------------------===//

class QPrep_PatternBodyOp<string mnemonic>
    : QPrep_Op<mnemonic, [ParentOneOf<["PatternOp", "ClusterOp"]>]> {
  let results = (outs QPrep_ValueType:$result);
}

def QPrep_OperandOp : QPrep_PatternBodyOp<"operand"> {
  let summary = "any value";
  let description = [{
    In a cluster, an operand of the unit with this role; in a fusion, a wildcard,
    which is an input of the match (B12). `axis` is the dimension of output channels,
    counted from the end if negative. The rest constrains the value:

    * `constant`: made of constants alone;
    * `parameter`: constant, or an argument of the function or a loaded value that data
      movement brings here (B21);
    * `certain`: a parameter wherever it is read, in a product too (B21);
    * `mask`: it has an element of -10000 or less, as far as constants are chosen from,
      and nothing computes it but that (B17);
    * `transposed`: a parameter that a transpose is among the movement of;
    * `vector`: all dimensions but the last are 1;
    * `channels`: all dimensions but one are 1, and that one is the axis;
    * `spans`: it has the dimensions that the first `over` of the pattern reduces;
    * `unbatched`: all dimensions but the last two are 1;
    * `rank n`: it has n dimensions.

    ```mlir
    %x = qprep.operand input
    %w = qprep.operand weight axis 2 parameter unbatched
    ```
  }];
  let arguments = (ins
    EnumProp<QPrep_OperandRole>:$role,
    OptionalAttr<I64Attr>:$axis,
    UnitAttr:$constant,
    UnitAttr:$parameter,
    UnitAttr:$certain,
    UnitAttr:$mask,
    UnitAttr:$transposed,
    UnitAttr:$vector,
    UnitAttr:$channels,
    UnitAttr:$spans,
    UnitAttr:$unbatched,
    OptionalAttr<I64Attr>:$rank
  );
  let assemblyFormat = [{
    $role (`axis` $axis^)? (`constant` $constant^)? (`parameter` $parameter^)? (`certain` $certain^)? (`mask` $mask^)?
    (`transposed` $transposed^)? (`vector` $vector^)? (`channels` $channels^)?
    (`spans` $spans^)? (`unbatched` $unbatched^)? (`rank` $rank^)? attr-dict
  }];
}

def QPrep_ScalarOp : QPrep_PatternBodyOp<"scalar"> {
  let summary = "a constant with one element";
  let description = [{
    With a value: equal to it up to the precision of the model's element type. Or,
    with `at_most`: no larger than that. `splat`: a larger constant will do if all its
    elements are that value.

    ```mlir
    %0 = qprep.scalar 0.70710678118654757
    %1 = qprep.scalar 0.0 splat
    %2 = qprep.scalar
    %3 = qprep.scalar at_most 1.0
    ```
  }];
  let arguments = (ins OptionalAttr<F64Attr>:$value, OptionalAttr<F64Attr>:$at_most, UnitAttr:$splat);
  let assemblyFormat = "($value^)? (`at_most` $at_most^)? (`splat` $splat^)? attr-dict";
  let hasVerifier = 1;
}

def QPrep_ReciprocalCountOp : QPrep_PatternBodyOp<"reciprocal_count"> {
  let summary = "the constant that makes a mean of a sum";
  let description = [{
    A constant with one element: the number of elements of `sum` divided by that
    of `value`. Does not match dynamic shapes.

    ```mlir
    %s = qprep.node reduce_sum(%x) repeated
    %n = qprep.reciprocal_count %s of %x
    %m = qprep.node mul(%s, %n)
    ```
  }];
  let arguments = (ins QPrep_ValueType:$sum, QPrep_ValueType:$value);
  let assemblyFormat = "$sum `of` $value attr-dict";
}

def QPrep_NodeOp : QPrep_PatternBodyOp<"node"> {
  let summary = "a value made by a kind of unit";
  let description = [{
    Operands left out at the end may be anything. Operands of commutative kinds match in
    any order; three and more of them (at most six) in any nesting. A product with a constant is also
    found as a quotient. In a cluster, the kind may be spelled by another cluster, and
    between two nodes there may be ops that only add or leave out dimensions of size 1,
    broadcast, or cast between floats.

    * `optional`: may be missing; then it is its first operand (in a fusion not the last);
    * `repeated`: one or more in a row, each the only user of the one before;
    * `keeps_trailing n`: the last n dimensions of operand and result are equal;
    * `permutation [...]`: a transpose with these;
    * `over last`, `over spatial`: a reduction of the last dimensions, or of those of each
      channel, which is the last one or comes before them, but not of the first;
    * `moves`: the op only moves data (of interpolations, the nearest);
    * `squeezes`: a reshape that leaves out exactly those dimensions that the op before it
      made 1 (a sum without its dimension, one element of a dimension), or puts those back
      that it left out;
    * `trims`: a slice from the origin that cuts off less than the stride of the window
      op behind it, which would not have looked there;
    * `rank n`: the result has n dimensions;
    * `complete`: the op has no operands beyond these (a convolution without a bias);
    * `bounds [low, high]`: a clamp between these;
    * `anonymous`: the op has no name of its own, which would make it a unit of the model:
      its location has none, or that of the last op of the match, or the last op has none.
      The last op itself is compared with the one before it.

    ```mlir
    %r = qprep.node reshape(%x) optional keeps_trailing 1
    %m = qprep.node matmul(%r, %w)
    ```
  }];
  let arguments = (ins
    EnumProp<QPrep_UnitKind>:$kind,
    Variadic<QPrep_ValueType>:$operands,
    UnitAttr:$optional,
    UnitAttr:$repeated,
    OptionalAttr<I64Attr>:$keeps_trailing,
    OptionalAttr<DenseI64ArrayAttr>:$permutation,
    DefaultValuedProp<EnumProp<QPrep_ReducedDims>, "::quantprep::qprep::ReducedDims::any">:$over,
    UnitAttr:$moves,
    UnitAttr:$squeezes,
    UnitAttr:$trims,
    OptionalAttr<I64Attr>:$rank,
    UnitAttr:$complete,
    OptionalAttr<DenseF64ArrayAttr>:$bounds,
    UnitAttr:$anonymous
  );
  let assemblyFormat = [{
    $kind (`(` $operands^ `)`)? (`optional` $optional^)? (`repeated` $repeated^)?
    (`keeps_trailing` $keeps_trailing^)? (`permutation` $permutation^)? (`over` $over^)?
    (`moves` $moves^)? (`squeezes` $squeezes^)? (`trims` $trims^)? (`rank` $rank^)?
    (`complete` $complete^)? (`bounds` $bounds^)? (`anonymous` $anonymous^)? attr-dict
  }];
  let hasVerifier = 1;
}

#endif // QUANTPREP_IR_QPREPCONFIGOPS_TD
