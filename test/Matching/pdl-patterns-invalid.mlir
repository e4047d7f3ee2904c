// Files of patterns that are wrong: one located error each.

// RUN: split-file %s %t
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/missing.pdll 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: missing.pdll:1:1: error: cannot open '{{.*}}missing.pdll': No such file or directory
// RUN: not quant-prep-opt %t/declared.mlir --qprep-prepare=patterns=%t/missing.pdll 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not quant-prep-opt %t/no_functions.mlir --qprep-prepare=patterns=%t/missing.pdll 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: error: cannot open '{{.*}}': Is a directory
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/empty.mlir 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: empty.mlir:1:1: error: no pattern in '{{.*}}empty.mlir'
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/malformed.mlir 2>&1 | FileCheck %s --check-prefix=MALFORMED
// MALFORMED: malformed.mlir:1:{{[0-9]+}}: error: expected
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/function.mlir 2>&1 | FileCheck %s --check-prefix=FUNCTION
// FUNCTION: function.mlir:1:1: error: a file of patterns has pdl.pattern only
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/syntax.pdll 2>&1 | FileCheck %s --check-prefix=SYNTAX
// SYNTAX: syntax.pdll:1:19: error: undefined reference to `b`
// SYNTAX: syntax.pdll:1:1: error: mlir-pdll cannot read '{{.*}}syntax.pdll', as it says above

// The report of a failed preparation has the error.
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/constraint.pdll --qprep-report 2>&1 | FileCheck %s --check-prefix=REPORT
// REPORT: "error": "unknown native constraint 'IsNice'; known are IsConstant, IsParameter, IsScalar"

// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/constraint.pdll 2>&1 | FileCheck %s --check-prefix=CONSTRAINT
// CONSTRAINT: constraint.pdll:5:3: error: unknown native constraint 'IsNice'; known are IsConstant, IsParameter, IsScalar
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/rewrite.pdll 2>&1 | FileCheck %s --check-prefix=REWRITE
// REWRITE: rewrite.pdll:3:{{[0-9]+}}: error: unknown native rewrite 'MarkStuff'; known are MarkUnit, MarkMember, MarkInput, MarkWeight, MarkBias, MarkIgnored
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/arity.pdll 2>&1 | FileCheck %s --check-prefix=ARITY
// ARITY: arity.pdll:3:{{[0-9]+}}: error: MarkUnit has 2 arguments, got: 1
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/arity1.pdll 2>&1 | FileCheck %s --check-prefix=ARITY1
// ARITY1: arity1.pdll:5:3: error: IsConstant has 1 argument, got: 2
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/type.pdll 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: type.pdll:4:3: error: IsConstant wants '!pdl.value', got: '!pdl.operation'
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/result.pdll 2>&1 | FileCheck %s --check-prefix=RESULT
// RESULT: result.pdll:4:{{[0-9]+}}: error: MarkIgnored returns nothing, but a result is taken
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/kind.pdll 2>&1 | FileCheck %s --check-prefix=KIND
// KIND: kind.pdll:2:{{[0-9]+}}: error: unknown kind 'swish'; a kind of unit is wanted, see docs/dialect.md
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/kind_type.pdll 2>&1 | FileCheck %s --check-prefix=KINDTYPE
// KINDTYPE: kind_type.pdll:2:{{[0-9]+}}: error: MarkUnit wants the kind as a string, such as attr<"\"gelu\"">, written out in the rewrite
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/bound_kind.pdll 2>&1 | FileCheck %s --check-prefix=BOUND
// BOUND: bound_kind.pdll:2:{{[0-9]+}}: error: MarkUnit wants the kind as a string
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/axis.pdll 2>&1 | FileCheck %s --check-prefix=AXIS
// AXIS: axis.pdll:3:{{[0-9]+}}: error: MarkWeight wants the axis as a number, such as attr<"0 : i64">, written out in the rewrite
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/erase.pdll 2>&1 | FileCheck %s --check-prefix=ERASE
// ERASE: erase.pdll:1:{{[0-9]+}}: error: pdl.erase does more than mark; a unit pattern must not change the model
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/create.pdll 2>&1 | FileCheck %s --check-prefix=CREATE
// CREATE: create.pdll:1:{{[0-9]+}}: error: pdl.operation does more than mark
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/no_unit.pdll 2>&1 | FileCheck %s --check-prefix=NOUNIT
// NOUNIT: no_unit.pdll:2:{{[0-9]+}}: error: this rewrite marks no unit; it needs a MarkUnit of the root
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/not_root.pdll 2>&1 | FileCheck %s --check-prefix=NOTROOT
// NOTROOT: not_root.pdll:5:{{[0-9]+}}: error: MarkUnit is not of the root, the op behind rewrite; a unit ends with its root
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/twice.pdll 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: twice.pdll:5:3: error: this op is marked twice
// TWICE: twice.pdll:4:{{[0-9]+}}: note: marked here before
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/unreachable.pdll 2>&1 | FileCheck %s --check-prefix=UNREACHABLE
// UNREACHABLE: unreachable.pdll:3:{{[0-9]+}}: error: this op is not reached from the root; only what the root's operands lead to can be matched
// UNREACHABLE: unreachable.pdll:4:{{[0-9]+}}: note: the root is here
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/external.mlir 2>&1 | FileCheck %s --check-prefix=EXTERNAL
// EXTERNAL: external.mlir:4:{{[0-9]+}}: error: native rewrite 'MarkUnit' stands for the whole rewrite; call marks, such as MarkUnit, in a body instead
// RUN: not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/no_root.mlir 2>&1 | FileCheck %s --check-prefix=NOROOT
// NOROOT: no_root.mlir:4:{{[0-9]+}}: error: this rewrite has no root; name the last op of the unit, as in: rewrite root with {...}

// PDLL is read by way of a file in the folder for temporary ones.
// RUN: env TMPDIR=%t/nowhere not quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/kind.pdll 2>&1 | FileCheck %s --check-prefix=TEMPORARY
// TEMPORARY: kind.pdll:1:1: error: cannot make a temporary file: No such file or directory

// PDLL needs a program, PDL IR does not.
// RUN: mkdir -p %t/bin && cp %t/kind.pdll %t/x.pdll
// RUN: env PATH=%t/bin not %quantprep_obj/bin/quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%t/x.pdll 2>&1 | FileCheck %s --check-prefix=TOOL
// TOOL: x.pdll:1:1: error: neither mlir-pdll-22 nor mlir-pdll is in PATH, which '{{.*}}x.pdll' needs; install mlir-22-tools, or write the pattern as PDL IR

//--- model.mlir
func.func @f() { return }
func.func @g() { return }
//--- declared.mlir
func.func private @f()
//--- no_functions.mlir
module {}
//--- empty.mlir
//--- malformed.mlir
pdl.pattern {
//--- function.mlir
func.func private @f()
//--- syntax.pdll
Pattern { let a = b; }
//--- constraint.pdll
Constraint IsNice(v: Value);
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern {
  let r = op<tosa.tanh>(x: Value) -> (t: Type);
  IsNice(x);
  rewrite r with { MarkUnit(r, attr<"\"gelu\"">); };
}
//--- rewrite.pdll
Rewrite MarkStuff(op: Op);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with {
  MarkStuff(r);
}; }
//--- arity.pdll
Rewrite MarkUnit(op: Op);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with {
  MarkUnit(r);
}; }
//--- arity1.pdll
Constraint IsConstant(v: Value, w: Value);
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern {
  let r = op<tosa.tanh>(x: Value) -> (t: Type);
  IsConstant(x, x);
  rewrite r with { MarkUnit(r, attr<"\"gelu\"">); };
}
//--- type.pdll
Constraint IsConstant(v: Op); Rewrite MarkUnit(op: Op, kind: Attr);
Pattern {
  let r = op<tosa.tanh>(x: Value) -> (t: Type);
  IsConstant(r);
  rewrite r with { MarkUnit(r, attr<"\"gelu\"">); };
}
//--- result.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Rewrite MarkIgnored(v: Value) -> Value;
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"\"gelu\"">);
  let y = MarkIgnored(x);
}; }
//--- kind.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"\"swish\"">); }; }
//--- kind_type.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"1 : i64">); }; }
//--- bound_kind.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern { let r = op<tosa.tanh>(x: Value) {kind = k: Attr} -> (t: Type); rewrite r with { MarkUnit(r, k); }; }
//--- axis.pdll
Rewrite MarkUnit(op: Op, kind: Attr); Rewrite MarkWeight(v: Value, axis: Attr);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"\"gelu\"">);
  MarkWeight(x, attr<"\"1\"">);
}; }
//--- erase.pdll
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); erase r; }
//--- create.pdll
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { let n = op<tosa.exp>(x) -> (t); replace r with n; }; }
//--- no_unit.pdll
Rewrite MarkMember(op: Op);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkMember(r); }; }
//--- not_root.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern {
  let a = op<tosa.tanh>(x: Value) -> (t: Type);
  let r = op<tosa.exp>(a.0) -> (u: Type);
  rewrite r with { MarkUnit(a, attr<"\"gelu\"">); };
}
//--- twice.pdll
Rewrite MarkUnit(op: Op, kind: Attr); Rewrite MarkMember(op: Op);
Pattern {
  let r = op<tosa.exp>(x: Value) -> (u: Type);
  rewrite r with { MarkUnit(r, attr<"\"gelu\"">);
  MarkMember(r); };
}
//--- unreachable.pdll
Rewrite MarkUnit(op: Op, kind: Attr); Rewrite MarkMember(op: Op);
Pattern {
  let a = op<tosa.tanh>(x: Value) -> (t: Type);
  let r = op<tosa.exp>(x) -> (u: Type);
  rewrite r with { MarkUnit(r, attr<"\"gelu\"">); MarkMember(a); };
}
//--- external.mlir
pdl.pattern : benefit(1) {
  %t = type
  %r = operation "tosa.tanh" -> (%t : !pdl.type)
  rewrite %r with "MarkUnit"
}
//--- no_root.mlir
pdl.pattern : benefit(1) {
  %t = type
  %r = operation "tosa.tanh" -> (%t : !pdl.type)
  rewrite {
    %k = attribute = "gelu"
    apply_native_rewrite "MarkUnit"(%r, %k : !pdl.operation, !pdl.attribute)
  }
}
