//===- Constants.h - The elements of constants ------------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_EXECUTION_CONSTANTS_H
#define QUANTPREP_LIB_EXECUTION_CONSTANTS_H

#include "mlir/IR/BuiltinAttributes.h"

namespace quantprep::execution {

/// The bytes of the elements where the attribute has them, one element for a
/// splat; empty if it has none in the form of a buffer.
llvm::ArrayRef<char> getRawElements(mlir::ElementsAttr elements);

} // namespace quantprep::execution

#endif // QUANTPREP_LIB_EXECUTION_CONSTANTS_H
