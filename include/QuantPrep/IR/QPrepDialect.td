//===- QPrepDialect.td - The qprep dialect -----------------*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPDIALECT_TD
#define QUANTPREP_IR_QPREPDIALECT_TD

include "mlir/IR/DialectBase.td"

def QPrep_Dialect : Dialect {
  let name = "qprep";
  let cppNamespace = "::quantprep::qprep";
  let summary = "preparation of float models for quantization";
  let description = [{
    `qprep` holds what quantization preparation adds to a float model, and
    nothing that computes:

    * observers (`qprep.observer`, a symbol) and the places where they look
      (`qprep.observe`, `qprep.fake_quantize`). Two places share quantization
      parameters exactly if they name the same observer;
    * annotations on the ops of the model, which say what unit an op belongs to
      and what was decided for that unit;
    * the configuration: quantization configs, backends, patterns over kinds of
      units (`qprep.config` and the ops inside it).

    The annotations are discardable attributes of the ops of the model. They
    take few distinct values: there is no identity in them, membership in a unit
    is told by structure.

    | attribute | on | says |
    |---|---|---|
    | `qprep.unit` | the last op of a unit (its anchor) | kind and operand roles, `#qprep.unit` |
    | `qprep.member` | any other op of a unit | operand roles, `#qprep.member` |
    | `qprep.fused` | the anchor of a unit inside a fusion | fused with its only user (F8) |
    | `qprep.pattern` | the anchor of the last unit of a match | the pattern that matched (F8) |
    | `qprep.assigned` | an anchor | the qconfig and the level it comes from (F2) |
    | `qprep.assigned` | a function | the qconfig that its path has, or that of its callers (T1) |
    | `qprep.equalization` | an anchor | the equalization config and the level it comes from (F27) |
    | `qprep.plan` | an anchor, a call, a branch, a loop, a terminator, a function, what placement=value observes | what was decided: dtypes, observations, sharing (B6, F13) |
    | `qprep.copy` | an op of a unit | its number among equal ops, which CSE would merge |
    | `qprep.weight` | a place that placement=value made | what it observes is a weight (T6) |
    | `qprep.qconfig` | an op or a function, by the user | the qconfig to use, before all levels of F2 |
    | `qprep.standalone` | a function | prepared by itself, with this configuration (F28) |
    | `qprep.custom` | a function | replaced, or a replacement (F29): left as it is |
    | `qprep.module` | a function, by the user | its path, instead of its symbol (T1) |
    | `qprep.callee` | a call of an observed replacement (F29), or of a clone (T2) | the function that it called before |
    | `qprep.origin` | a function that preparation made | the function that it was made of (T2, T15, T16) |
    | `qprep.folded` | a convolution or linear layer | the kinds that became part of its weight and bias (qprep-fold-batch-norm) |
    | `qprep.qparams` | an argument, by the user | the scale and zero point that the caller quantizes it with |
    | `qprep.converted` | an op of an integer module | the units that end in it: label, form, why one is float. The last of them makes its value, the others are fused with it |
    | `qprep.units` | a function of an integer module | the lists of `qprep.converted` of its ops, in program order: stock passes drop those of ops, and keep these and names in locations |
    | `qprep.presets` | a function of an integer module | the presets of backend and qconfig by which it was prepared, if nothing else was said |
    | `qprep.generated` | a symbol that preparation made | strip removes it |
  }];
  let usePropertiesForAttributes = 1;
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let discardableAttrs = (ins
    "::quantprep::qprep::ComputeUnitAttr":$unit,
    "::quantprep::qprep::MemberAttr":$member,
    "::mlir::UnitAttr":$fused,
    "::mlir::SymbolRefAttr":$pattern,
    "::quantprep::qprep::AssignedAttr":$assigned,
    "::quantprep::qprep::AssignedAttr":$equalization,
    "::quantprep::qprep::PlanAttr":$plan,
    "::mlir::IntegerAttr":$copy,
    "::mlir::UnitAttr":$weight,
    "::mlir::Attribute":$qconfig,
    "::quantprep::qprep::StandaloneAttr":$standalone,
    "::mlir::UnitAttr":$custom,
    "::mlir::StringAttr":$module,
    "::mlir::FlatSymbolRefAttr":$callee,
    "::mlir::FlatSymbolRefAttr":$origin,
    "::mlir::UnitAttr":$generated,
    "::mlir::ArrayAttr":$folded,
    "::quantprep::qprep::QParamsAttr":$qparams,
    "::mlir::ArrayAttr":$converted,
    "::mlir::ArrayAttr":$units,
    "::mlir::DictionaryAttr":$presets
  );
  let extraClassDeclaration = [{
    /// Bumped when the text of an attribute or the properties of an op change.
    static constexpr uint64_t bytecodeVersion = 3;

    void registerAttributes();
    void registerTypes();
    void registerOps();
    void registerInterfaces();
    /// What foreign ops are taught goes with the dialect, so that every pass
    /// that depends on it has that too. Defined in lib/Models.
    void registerForeignModels();
    void registerBytecodeInterface();
  }];
}

#endif // QUANTPREP_IR_QPREPDIALECT_TD
