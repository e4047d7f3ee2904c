//===- ObserverFields.h - The fields of a spec as a list --------*- C++ -*-===//

#ifndef QUANTPREP_LIB_IR_OBSERVERFIELDS_H
#define QUANTPREP_LIB_IR_OBSERVERFIELDS_H

#include "QuantPrep/IR/QPrepDialect.h"

namespace quantprep::qprep {

/// Calls `visit` with the name and the value of each field that may be left
/// out, in the order in which they are printed.
template <typename FieldsT, typename VisitT>
void forEachField(FieldsT &fields, VisitT visit) {
  visit("quant_min", fields.quantMin);
  visit("quant_max", fields.quantMax);
  visit("reduce_range", fields.reduceRange);
  visit("axis", fields.axis);
  visit("dynamic", fields.dynamic);
  visit("fake_quant", fields.fakeQuant);
  visit("eps", fields.eps);
  visit("averaging_constant", fields.averagingConstant);
  visit("bins", fields.bins);
  visit("upsample_rate", fields.upsampleRate);
  visit("scale", fields.scale);
  visit("zero_point", fields.zeroPoint);
  visit("block_size", fields.blockSize);
}

/// All fields, in the order of the attribute's parameters.
template <typename ApplyT>
auto applyToAll(const ObserverFields &fields, ApplyT apply) {
  return apply(fields.kind, fields.dtype, fields.scheme, fields.quantMin,
               fields.quantMax, fields.reduceRange, fields.axis, fields.dynamic,
               fields.fakeQuant, fields.eps, fields.averagingConstant,
               fields.bins, fields.upsampleRate, fields.scale, fields.zeroPoint,
               fields.blockSize);
}

} // namespace quantprep::qprep

#endif // QUANTPREP_LIB_IR_OBSERVERFIELDS_H
