//===- QPrepDialect.h - The qprep dialect -----------------------*- C++ -*-===//
//
// The dialect, its enums and its attributes. Ops are in QPrepOps.h.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_IR_QPREPDIALECT_H
#define QUANTPREP_IR_QPREPDIALECT_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectImplementation.h"

#include "QuantPrep/IR/QPrepEnums.h.inc"

namespace quantprep::qprep {
/// Parses a float literal, or an integer, as an f64 attribute without a type.
mlir::FailureOr<mlir::FloatAttr> parseF64(mlir::AsmParser &parser);

/// `[1.0, 0x7FF0000000000000]`: builtin arrays of floats are printed with six
/// digits, and infinities in a form that is not read.
mlir::FailureOr<mlir::DenseF64ArrayAttr> parseF64List(mlir::AsmParser &parser);
void printF64List(mlir::AsmPrinter &printer, mlir::DenseF64ArrayAttr list);

/// The name of a dtype in reports and messages: u8, i8, i32, f16, u4x2, ...
std::string dtypeName(mlir::Type type);

/// The closed range [min, max] of an integer dtype.
std::pair<int64_t, int64_t> dtypeRange(mlir::IntegerType type);

/// What the specification of an observer consists of (F3).
struct ObserverFields {
  ObserverKind kind;
  mlir::Type dtype;
  std::optional<Scheme> scheme = {};
  std::optional<int64_t> quantMin = {}, quantMax = {};
  bool reduceRange = false;
  std::optional<int64_t> axis = {};
  bool dynamic = false, fakeQuant = false;
  mlir::FloatAttr eps = {}, averagingConstant = {};
  std::optional<int64_t> bins = {}, upsampleRate = {};
  mlir::FloatAttr scale = {};
  std::optional<int64_t> zeroPoint = {}, blockSize = {};

  /// The same, with defaults for what is left out.
  ObserverFields withDefaults() const;
};
} // namespace quantprep::qprep

#define GET_ATTRDEF_CLASSES
#include "QuantPrep/IR/QPrepAttrs.h.inc"

#include "QuantPrep/IR/QPrepDialect.h.inc"

#endif // QUANTPREP_IR_QPREPDIALECT_H
