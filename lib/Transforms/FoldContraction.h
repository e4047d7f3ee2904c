//===- FoldContraction.h - Weights and biases that are changed --*- C++ -*-===//
//
// A convolution, transposed convolution or linear layer, whose input or result
// is scaled and shifted per channel by its weight and bias from now on.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_TRANSFORMS_FOLDCONTRACTION_H
#define QUANTPREP_TRANSFORMS_FOLDCONTRACTION_H

#include "QuantPrep/Matching/UnitGraph.h"
#include "QuantPrep/Models/ChannelValues.h"
#include "QuantPrep/Models/ConstantElements.h"

namespace quantprep {

/// One layer of a unit graph. All of its weight and bias that a change needs is
/// read before anything is changed, so that a layer is changed as a whole or
/// not at all.
class FoldableLayer {
public:
  /// None for units that are no such layer.
  static std::optional<FoldableLayer> create(const Unit &unit);

  /// The op that contracts.
  mlir::Operation *getOp() const { return op; }
  mlir::Value getResult() const { return result; }
  llvm::ArrayRef<int64_t> getResultAxes() const { return resultAxes; }
  mlir::OpOperand *getWeight() const { return weight; }
  /// Whether there is an operand that is added.
  bool hasBias() const { return bias.operand != nullptr; }
  int64_t countChannels() const;
  /// Whether the weight was printed without its elements.
  bool isElided() const { return weightElements->isElided(); }

  /// What the unit reads, and the axis of its input channels there. None if
  /// these are not told apart.
  mlir::OpOperand *getInput() const { return input; }
  std::optional<int64_t> getInputAxis() const { return inputAxis; }

  /// Reads weight and bias. Says why this cannot be changed; empty if it can.
  std::string read();

  /// Lets the layer make what `affine` makes of its result. Returns the new
  /// result.
  mlir::Value foldResult(const ChannelAffine &affine);
  /// Ops whose results it does not read any more.
  llvm::ArrayRef<mlir::Operation *> getReplaced() const { return replaced; }
  /// Says why what `affine` makes of its input cannot be folded; empty if it
  /// can.
  std::string checkInput(const ChannelAffine &affine) const;
  /// Lets the layer read what `affine` is made of. Returns the new result.
  mlir::Value foldInput(const ChannelAffine &affine);

  /// What the mean of each output channel changes by if `change`, of an element
  /// of the weight and its output channel, is added to each: its sum over the
  /// means of input channels. None if their number does not fit.
  std::optional<std::vector<double>>
  sumOverInputs(llvm::ArrayRef<double> inputMeans,
                llvm::function_ref<double(double, int64_t)> change) const;
  /// Adds to the bias that there is.
  void shiftBias(llvm::ArrayRef<double> shifts);

private:
  /// An operand that is added to each channel, and the channels' axes in it.
  struct Bias {
    mlir::OpOperand *operand = nullptr;
    ChannelAxes axes;
    llvm::SmallVector<int64_t, 2> sizes;
  };

  FoldableLayer() = default;
  bool findResult(const Unit &unit);
  void findInput(const Unit &unit);
  /// Calls back with each element's index, output channel and input channel.
  template <typename Callback> void forEachElement(Callback callback) const;
  void setWeight(llvm::ArrayRef<double> values);
  mlir::Value setBias(const ChannelVector &values);

  mlir::Operation *op = nullptr;
  mlir::OpOperand *weight = nullptr;
  ChannelAxes weightAxes;
  /// Where the channels are in what the op makes.
  ChannelAxes opAxes;
  llvm::SmallVector<int64_t, 2> opSizes;
  mlir::Value result;
  ChannelAxes resultAxes;
  llvm::SmallVector<int64_t, 2> resultSizes;
  Bias bias;
  mlir::OpOperand *input = nullptr;
  std::optional<int64_t> inputAxis, weightInputAxis;

  std::optional<ConstantElements> weightElements;
  ChannelVector biasValues;
  llvm::SmallVector<mlir::Operation *, 2> replaced;
};

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_FOLDCONTRACTION_H
