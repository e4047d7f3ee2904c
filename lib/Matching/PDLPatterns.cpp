//===- PDLPatterns.cpp - Unit patterns of the user's own ------------------===//

#include "QuantPrep/Matching/PDLPatterns.h"
#include "PDLNatives.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace quantprep;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Errors in reading a file have no better place than the file.
static InFlightDiagnostic emitFileError(StringRef path, MLIRContext *context) {
  return emitError(FileLineColLoc::get(context, path, 1, 1));
}

static LogicalResult parse(StringRef path, StringRef shownPath, Block &into,
                           MLIRContext *context) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return emitFileError(shownPath, context)
           << "cannot open '" << shownPath
           << "': " << buffer.getError().message();
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(*buffer), SMLoc());
  OwningOpRef<ModuleOp> file = parseSourceFile<ModuleOp>(sources, context);
  if (!file)
    return failure();
  for (Operation &op : *file->getBody()) {
    auto pattern = dyn_cast<pdl::PatternOp>(op);
    if (!pattern)
      return op.emitError() << "a file of patterns has pdl.pattern only";
    if (failed(checkPDLPattern(pattern)))
      return failure();
    // Names only have to differ within a file.
    pattern.removeSymNameAttr();
  }
  if (file->getBody()->empty())
    return emitFileError(shownPath, context)
           << "no pattern in '" << shownPath << "'";
  into.getOperations().splice(into.end(), file->getBody()->getOperations());
  return success();
}

/// There is no library that parses PDLL, so the tool does it. Locations in what
/// it writes are those of the file.
static LogicalResult parsePDLL(StringRef path, Block &into,
                               MLIRContext *context) {
  auto tool = llvm::sys::findProgramByName("mlir-pdll-22");
  if (!tool)
    tool = llvm::sys::findProgramByName("mlir-pdll");
  if (!tool)
    return emitFileError(path, context)
           << "neither mlir-pdll-22 nor mlir-pdll is in PATH, which '" << path
           << "' needs; install mlir-22-tools, or write the pattern as PDL IR";
  SmallString<128> output;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile(
          "quant-prep-patterns", "mlir", output))
    return emitFileError(path, context)
           << "cannot make a temporary file: " << error.message();
  llvm::FileRemover remover(output);
  StringRef folder = llvm::sys::path::parent_path(path);
  StringRef args[] = {*tool,
                      "-x=mlir",
                      path,
                      "-I",
                      folder.empty() ? StringRef(".") : folder,
                      "-I",
                      QUANTPREP_MLIR_INCLUDE_DIR,
                      "-o",
                      output};
  // What it has to say goes to standard error.
  if (llvm::sys::ExecuteAndWait(*tool, args) != 0)
    return emitFileError(path, context)
           << "mlir-pdll cannot read '" << path << "', as it says above";
  return parse(output, path, into, context);
}

//===----------------------------------------------------------------------===//
// Loading
//===----------------------------------------------------------------------===//

/// Upstream orders patterns by benefit alone. Here, those of equal benefit keep
/// their order: benefits become ranks.
static void rank(Block &patterns) {
  SmallVector<pdl::PatternOp> order =
      llvm::to_vector(patterns.getOps<pdl::PatternOp>());
  llvm::sort(order, [](pdl::PatternOp a, pdl::PatternOp b) {
    if (a.getBenefit() != b.getBenefit())
      return a.getBenefit() > b.getBenefit();
    return a->isBeforeInBlock(b);
  });
  for (auto [i, pattern] : llvm::enumerate(order))
    pattern.setBenefit(order.size() - i);
}

static void registerNatives(PDLPatternModule &patterns) {
  for (const NativeFunction &native : getNativeConstraints())
    patterns.registerConstraintFunction(
        native.name,
        [function = native.function](PatternRewriter &rewriter, PDLResultList &,
                                     ArrayRef<PDLValue> arguments) {
          return function(static_cast<MarkingRewriter &>(rewriter), arguments);
        });
  for (const NativeFunction &native : getNativeMarks())
    patterns.registerRewriteFunction(
        native.name,
        [function = native.function](PatternRewriter &rewriter, PDLResultList &,
                                     ArrayRef<PDLValue> arguments) {
          return function(static_cast<MarkingRewriter &>(rewriter), arguments);
        });
}

FailureOr<std::shared_ptr<const PDLPatterns>>
PDLPatterns::load(ArrayRef<std::string> files, MLIRContext *context) {
  OwningOpRef<ModuleOp> all = ModuleOp::create(UnknownLoc::get(context));
  for (const std::string &file : files) {
    bool isPDLL = llvm::sys::path::extension(file) == ".pdll";
    if (failed(isPDLL && llvm::sys::fs::exists(file)
                   ? parsePDLL(file, *all->getBody(), context)
                   : parse(file, file, *all->getBody(), context)))
      return failure();
  }
  rank(*all->getBody());
  PDLPatternModule patterns(std::move(all));
  registerNatives(patterns);
  return std::shared_ptr<const PDLPatterns>(
      new PDLPatterns(RewritePatternSet(std::move(patterns))));
}

LoadedPatterns::LoadedPatterns(ArrayRef<std::string> files,
                               MLIRContext *context)
    : context(context) {
  if (files.empty())
    return;
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    errors.push_back(std::move(diagnostic));
    return success();
  });
  auto loaded = PDLPatterns::load(files, context);
  isValid = succeeded(loaded);
  if (isValid)
    patterns = *loaded;
}

LogicalResult LoadedPatterns::check() const {
  std::call_once(emitted, [&] {
    for (Diagnostic &error : errors)
      context->getDiagEngine().emit(std::move(error));
  });
  return success(isValid);
}

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

PDLMatcher::PDLMatcher(const PDLPatterns &patterns, MLIRContext *context,
                       const ValueFacts &facts)
    : applicator(patterns.patterns), rewriter(context, facts) {
  applicator.applyDefaultCostModel();
}

std::optional<UnitMarks>
PDLMatcher::match(Operation *op,
                  function_ref<bool(const UnitMarks &)> accepts) {
  auto forget = [&](const Pattern &) {
    rewriter.marks = UnitMarks();
    return true;
  };
  auto check = [&](const Pattern &) {
    return success(accepts(rewriter.marks));
  };
  if (failed(applicator.matchAndRewrite(op, rewriter, forget,
                                        /*onFailure=*/{}, check)))
    return std::nullopt;
  return std::move(rewriter.marks);
}
