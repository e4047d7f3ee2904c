//===- Lower.cpp - From a module to LLVM ----------------------------------===//

#include "Lower.h"

#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/BufferizableOpInterfaceImpl.h"
#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::execution;

static constexpr StringLiteral lowerFirst =
    "lower it to tosa, linalg, tensor, scf, arith or math first";

OwningOpRef<ModuleOp> quantprep::execution::isolate(func::FuncOp function) {
  OwningOpRef<ModuleOp> isolated(ModuleOp::create(function.getLoc()));
  Operation *table = SymbolTable::getNearestSymbolTable(function);
  SmallVector<Operation *> worklist = {function};
  llvm::SmallPtrSet<Operation *, 16> seen = {function};
  while (!worklist.empty()) {
    Operation *original = worklist.pop_back_val();
    Operation *copy = original->clone();
    isolated->push_back(copy);
    copy->walk([](Operation *op) { annotations::removeAll(op); });
    bool isEntry = original == function;
    if (isEntry)
      SymbolTable::setSymbolName(copy, entryName);
    SymbolTable::setSymbolVisibility(
        copy, isEntry ? SymbolTable::Visibility::Public
                      : SymbolTable::Visibility::Private);
    std::optional<SymbolTable::UseRange> uses =
        SymbolTable::getSymbolUses(copy);
    if (!uses)
      continue;
    for (SymbolTable::SymbolUse use : *uses) {
      Operation *used = SymbolTable::lookupSymbolIn(table, use.getSymbolRef());
      // A call of the function itself is a call of its other copy.
      if (used && used->getParentOp() == table && seen.insert(used).second)
        worklist.push_back(used);
    }
  }
  return isolated;
}

/// Ops that stand for several structured ones, as linalg.softmax does: no pass
/// takes them apart.
static void decomposeAggregates(ModuleOp module) {
  SmallVector<linalg::AggregatedOpInterface> aggregates;
  module.walk(
      [&](linalg::AggregatedOpInterface op) { aggregates.push_back(op); });
  for (linalg::AggregatedOpInterface op : aggregates) {
    OpBuilder builder(op);
    FailureOr<SmallVector<Value>> results = op.decomposeOperation(builder);
    if (failed(results))
      continue;
    op->replaceAllUsesWith(*results);
    op->erase();
  }
}

/// Inlines all calls, and takes the ops of tosa, and those between floats and
/// codes, to those of linalg.
static void addStructuredPasses(OpPassManager &pm) {
  pm.addPass(createLowerQuantize());
  pm.addPass(createInlinerPass());
  pm.addPass(createSymbolDCEPass());
  OpPassManager &function = pm.nest<func::FuncOp>();
  function.addPass(createTosaToSCFPass());
  function.addPass(tosa::createTosaOptionalDecompositionsPass());
  function.addPass(tosa::createTosaMakeBroadcastablePass());
  function.addPass(tosa::createTosaInferShapesPass());
  function.addPass(tosa::createTosaToLinalgNamed());
  function.addPass(tosa::createTosaToLinalg());
  TosaToArithPassOptions rescale;
  rescale.includeApplyRescale = true;
  function.addPass(createTosaToArithPass(rescale));
  function.addPass(createTosaToTensorPass());
  function.addPass(createConvertElementwiseToLinalgPass());
  function.addPass(createLowerAffinePass());
  function.addPass(createCSEPass());
}

/// No CSE from here on, until there are only buffers: the buffers that kernels
/// read are those of tensors at the call, and not at an earlier one.
static void addFusionPasses(OpPassManager &pm) {
  OpPassManager &function = pm.nest<func::FuncOp>();
  function.addPass(createLinalgElementwiseOpFusionPass());
  function.addPass(createConvertElementwiseToLinalgPass());
}

static void addBufferPasses(OpPassManager &pm) {
  pm.addPass(bufferization::createEmptyTensorEliminationPass());
  pm.addPass(bufferization::createEmptyTensorToAllocTensorPass());
  bufferization::OneShotBufferizePassOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.functionBoundaryTypeConversion =
      bufferization::LayoutMapOption::IdentityLayoutMap;
  options.allowReturnAllocsFromLoops = true;
  pm.addPass(bufferization::createOneShotBufferizePass(options));
  bufferization::buildBufferDeallocationPipeline(
      pm, bufferization::BufferDeallocationPipelineOptions());
  pm.addPass(createConvertBufferizationToMemRefPass());
}

static void addLoopPasses(OpPassManager &pm) {
  OpPassManager &function = pm.nest<func::FuncOp>();
  function.addPass(createConvertLinalgToLoopsPass());
  function.addPass(memref::createExpandStridedMetadataPass());
  function.addPass(createLowerAffinePass());
  function.addPass(createSCFToControlFlowPass());
  math::MathExpandOpsPassOptions expanded;
  expanded.opMnemonics = {"fpowi", "ctlz", "rsqrt"};
  function.addPass(math::createMathExpandOpsPass(expanded));
  pm.addPass(createConvertMathToLibmPass());
  pm.addPass(createConvertToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
}

/// What upstream's passes complain of gets a note that says what to do.
static LogicalResult runPasses(ModuleOp module,
                               void (*addPasses)(OpPassManager &)) {
  ScopedDiagnosticHandler handler(module.getContext(), [](Diagnostic &diag) {
    if (diag.getSeverity() == DiagnosticSeverity::Error)
      diag.attachNote() << "it cannot be compiled for a run; " << lowerFirst;
    return failure();
  });
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  addPasses(pm);
  return pm.run(module);
}

/// Elementary functions become polynomials, which loops over them vectorize,
/// and do not call libm for each element; those of f16 and bf16 through f32.
static LogicalResult approximateFunctions(ModuleOp module) {
  auto isApproximated = [](StringRef name) {
    return llvm::is_contained({"math.cos", "math.erf", "math.exp", "math.expm1",
                               "math.log", "math.log1p", "math.log2",
                               "math.sin", "math.tanh"},
                              name);
  };
  RewritePatternSet patterns(module.getContext());
  populateMathF32ExpansionPatterns(patterns, isApproximated);
  populateMathPolynomialApproximationPatterns(patterns, isApproximated);
  return applyPatternsGreedily(module, std::move(patterns));
}

/// Copies between buffers that are not dense become loops; what they are
/// lowered to is in a library of MLIR's that not everybody has.
static void lowerCopies(ModuleOp module) {
  module.walk([](memref::CopyOp copy) {
    auto isDense = [](Value value) {
      auto type = dyn_cast<MemRefType>(value.getType());
      return type && type.getLayout().isIdentity();
    };
    if (isDense(copy.getSource()) && isDense(copy.getTarget()))
      return;
    OpBuilder builder(copy);
    linalg::makeMemRefCopyOp(builder, copy.getLoc(), copy.getSource(),
                             copy.getTarget());
    copy.erase();
  });
}

/// Ops that no pass knew are errors; LLVM would only say that there are some.
static LogicalResult verifyLowered(ModuleOp module) {
  WalkResult result = module.walk([&](Operation *op) {
    if (op == module || isa_and_nonnull<LLVM::LLVMDialect>(op->getDialect()))
      return WalkResult::advance();
    op->emitOpError() << "cannot be compiled: nothing lowers it to the LLVM "
                         "dialect; "
                      << lowerFirst;
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

LogicalResult quantprep::execution::lowerToLLVM(ModuleOp module,
                                                Surroundings &surroundings) {
  Symbols &symbols = surroundings.symbols;
  decomposeAggregates(module);
  if (failed(runPasses(module, addStructuredPasses)))
    return failure();
  addGuards(module, surroundings);
  selectKernels(module, symbols, surroundings.kernels);
  if (failed(runPasses(module, addFusionPasses)) ||
      failed(approximateFunctions(module)) ||
      failed(runPasses(module, addBufferPasses)) ||
      failed(lowerObservations(module, symbols)) ||
      failed(externalizeConstants(module, symbols, surroundings.constants)))
    return failure();
  lowerCopies(module);
  outlineLoops(module);
  auto entry = module.lookupSymbol<func::FuncOp>(entryName);
  entry->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                 UnitAttr::get(module.getContext()));
  if (failed(runPasses(module, addLoopPasses)))
    return failure();
  return verifyLowered(module);
}
