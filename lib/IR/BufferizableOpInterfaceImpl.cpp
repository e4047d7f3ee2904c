//===- BufferizableOpInterfaceImpl.cpp - Observations on buffers ----------===//
//
// Teaches one-shot-bufferize that qprep.observe is a look at a buffer. There is
// no model for qprep.fake_quantize: it makes a value that no runtime function
// of ours computes, so bufferization refuses it like any op it does not know.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/BufferizableOpInterfaceImpl.h"
#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::bufferization;
using namespace quantprep::qprep;

namespace {
struct ObserveOpModel
    : public BufferizableOpInterface::ExternalModel<ObserveOpModel, ObserveOp> {
  bool bufferizesToMemoryRead(Operation *, OpOperand &,
                              const AnalysisState &) const {
    return true;
  }

  bool bufferizesToMemoryWrite(Operation *, OpOperand &,
                               const AnalysisState &) const {
    return false;
  }

  /// A copy, where one is needed, belongs to the op that writes; the observer
  /// looks at the buffer the model uses.
  bool mustBufferizeInPlace(Operation *, OpOperand &,
                            const AnalysisState &) const {
    return true;
  }

  AliasingValueList getAliasingValues(Operation *op, OpOperand &,
                                      const AnalysisState &) const {
    return {{op->getResult(0), BufferRelation::Equivalent}};
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    auto observe = cast<ObserveOp>(op);
    FailureOr<Value> buffer =
        getBuffer(rewriter, observe.getInput(), options, state);
    if (failed(buffer))
      return failure();
    if (!isa<MemRefType>(buffer->getType()))
      return op->emitOpError()
             << "observes " << observe.getInput().getType()
             << ", but on buffers it needs a rank; cast to a ranked tensor, or "
                "run qprep-lower-observers before bufferization";
    // Of the builders, only the generic one takes a place without a result.
    OperationState onBuffer(op->getLoc(), ObserveOp::getOperationName());
    onBuffer.addOperands(*buffer);
    onBuffer.addAttributes(op->getAttrs());
    rewriter.create(onBuffer);
    replaceOpWithBufferizedValues(rewriter, op, *buffer);
    return success();
  }
};
} // namespace

void quantprep::qprep::registerBufferizableOpInterfaceExternalModels(
    DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, QPrepDialect *) {
    ObserveOp::attachInterface<ObserveOpModel>(*context);
  });
}
