//===- DTypes.h - What is required of dtypes and ranges ---------*- C++ -*-===//

#ifndef QUANTPREP_LIB_IR_DTYPES_H
#define QUANTPREP_LIB_IR_DTYPES_H

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/OpImplementation.h"

namespace quantprep::qprep {
/// A dtype is an integer that values are quantized to, or a float.
mlir::LogicalResult
verifyDType(llvm::function_ref<mlir::InFlightDiagnostic()> emitError,
            mlir::Type type);

/// A type, or an error that knows how other products spell dtypes (`u8`,
/// `qint8`, `uint8`, ...).
mlir::ParseResult parseDType(mlir::AsmParser &parser, mlir::Type &type);
void printDType(mlir::AsmPrinter &printer, mlir::Type type);

/// Both bounds or none, the first the smaller, inside what the dtype has.
mlir::LogicalResult
verifyRange(llvm::function_ref<mlir::InFlightDiagnostic()> emitError,
            mlir::Type dtype, std::optional<int64_t> low,
            std::optional<int64_t> high);
} // namespace quantprep::qprep

#endif // QUANTPREP_LIB_IR_DTYPES_H
