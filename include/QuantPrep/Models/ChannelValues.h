//===- ChannelValues.h - Values that are affine per channel -----*- C++ -*-===//
//
// What ops make of a value, where each of its channels is scaled and shifted by
// constants: y = scale x + shift.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MODELS_CHANNELVALUES_H
#define QUANTPREP_MODELS_CHANNELVALUES_H

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

namespace quantprep {

/// Dimensions of a value whose elements, counted row by row, are the channels.
/// -1 for one that the value has not, so that it is the same along it.
using ChannelAxes = llvm::SmallVector<int64_t, 2>;

/// One value per channel, or one for all. Empty if a constant was printed
/// without its elements, so that nobody knows.
struct ChannelVector {
  std::vector<double> values;

  bool isElided() const { return values.empty(); }
  double at(int64_t channel) const {
    return values[values.size() == 1 ? 0 : channel];
  }
  bool isAll(double value) const {
    return !isElided() &&
           llvm::all_of(values, [&](double it) { return it == value; });
  }
};

struct ChannelAffine {
  ChannelVector scale;
  ChannelVector shift;

  bool isConstant() const { return scale.isAll(0); }
};

/// The composition: `outer` of what `inner` makes.
ChannelAffine compose(const ChannelAffine &outer, const ChannelAffine &inner);

/// Evaluates values as affine functions of one.
class ChannelEvaluator {
public:
  /// Channels of `base` are counted along `axes`, whose sizes are static. A
  /// null base: constants only.
  ChannelEvaluator(mlir::Value base, llvm::ArrayRef<int64_t> axes,
                   llvm::ArrayRef<int64_t> sizes)
      : base(base), baseAxes(axes.begin(), axes.end()),
        sizes(sizes.begin(), sizes.end()) {}

  /// None if a value is no such function; getReason says why then.
  std::optional<ChannelAffine>
  evaluate(mlir::Value value, llvm::ArrayRef<int64_t> axes, unsigned depth = 0);
  llvm::StringRef getReason() const { return reason; }

private:
  using Operands = llvm::SmallVector<ChannelAffine, 3>;

  std::optional<ChannelAffine> fail(const llvm::Twine &text);
  std::optional<ChannelAffine> readConstant(mlir::Attribute attr,
                                            llvm::ArrayRef<int64_t> axes);
  std::optional<ChannelAffine> evaluateOp(mlir::OpResult result,
                                          llvm::ArrayRef<int64_t> axes,
                                          unsigned depth);
  std::optional<ChannelAffine> evaluateKind(qprep::UnitKind kind,
                                            Operands operands);

  mlir::Value base;
  ChannelAxes baseAxes;
  llvm::SmallVector<int64_t, 2> sizes;
  /// What has been asked, so that a value with many users is evaluated once.
  struct Known {
    ChannelAxes axes;
    std::optional<ChannelAffine> affine;
  };
  llvm::DenseMap<mlir::Value, Known> known;
  std::string reason;
};

/// The axes in an operand, given those in the op's result, of an op that moves
/// whole dimensions or computes element by element. None if channels do not
/// stay together.
std::optional<ChannelAxes> getOperandAxes(mlir::OpOperand &operand,
                                          llvm::ArrayRef<int64_t> resultAxes);
/// The axes in the result, given those in its operand.
std::optional<ChannelAxes> getResultAxes(mlir::OpOperand &operand,
                                         llvm::ArrayRef<int64_t> operandAxes);

} // namespace quantprep

#endif // QUANTPREP_MODELS_CHANNELVALUES_H
