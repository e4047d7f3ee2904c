//===- QuantizableOpInterface.cpp - What an op is to quantization ---------===//

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "QuantPrep/Interfaces/QuantizableOpInterface.cpp.inc"

using namespace mlir;
using namespace quantprep;

SmallVector<Value, 3>
quantprep::getDataOperands(Operation *op, ArrayRef<OperandRoleInfo> roles) {
  SmallVector<Value, 3> values;
  for (auto [operand, role] : llvm::zip(op->getOperands(), roles))
    if (role.role != qprep::OperandRole::ignored)
      values.push_back(operand);
  return values;
}

SmallVector<Value, 3> quantprep::getDataValues(QuantizableOpInterface op) {
  SmallVector<OperandRoleInfo> roles;
  op.getOperandRoles(roles);
  return op.getDataValues(roles);
}
