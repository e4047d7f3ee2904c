//===- Pieces.h - A function as several, one after the other ----*- C++ -*-===//

#ifndef QUANTPREP_LIB_COMPARE_PIECES_H
#define QUANTPREP_LIB_COMPARE_PIECES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace quantprep::compare {

/// Cuts the body of a function into up to `count` functions beside it. The
/// results of each are the arguments of the next; the last argument of the
/// function is the last of each.
llvm::SmallVector<mlir::func::FuncOp> cutIntoPieces(mlir::func::FuncOp function,
                                                    unsigned count);

} // namespace quantprep::compare

#endif // QUANTPREP_LIB_COMPARE_PIECES_H
