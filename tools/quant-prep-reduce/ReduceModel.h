//===- ReduceModel.h - Registration of qprep-reduce -------------*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_REDUCEMODEL_H
#define QUANTPREP_TOOLS_REDUCEMODEL_H

namespace quantprep {
void registerReducePasses();
} // namespace quantprep

#endif // QUANTPREP_TOOLS_REDUCEMODEL_H
