//===- ExtendBackend.cpp - Backends that start from another ---------------===//

#include "ExtendBackend.h"
#include "Load.h"
#include "QuantPrep/Support/Nearest.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The pattern that a further one of this name, or with this body, replaces.
static PatternOp findReplaced(BackendOp backend, PatternOp pattern,
                              bool byName) {
  for (auto other : backend.getOps<PatternOp>())
    if (byName ? other.getSymNameAttr() == pattern.getSymNameAttr()
               : OperationEquivalence::isRegionEquivalentTo(
                     &other.getBody(), &pattern.getBody(),
                     OperationEquivalence::IgnoreLocations))
      return other;
  return nullptr;
}

static LogicalResult removePattern(BackendOp backend, RemoveOp op) {
  SmallVector<StringRef> known;
  for (auto pattern : backend.getOps<PatternOp>()) {
    if (pattern.getSymName() == op.getPattern()) {
      pattern.erase();
      return success();
    }
    known.push_back(pattern.getSymName());
  }
  return op.emitError() << "there is no pattern @" << op.getPattern()
                        << " to remove in the backend that is extended"
                        << suggestNearest(op.getPattern(), known);
}

/// A pattern takes the place of that with its name, or with its body: both
/// could not match. Returns whether there was one.
static bool replacePattern(BackendOp backend, PatternOp pattern) {
  PatternOp named = findReplaced(backend, pattern, /*byName=*/true);
  PatternOp alike = findReplaced(backend, pattern, /*byName=*/false);
  if (!named && !alike)
    return false;
  Operation *replaced = named ? named : alike;
  replaced->getBlock()->getOperations().insert(replaced->getIterator(),
                                               pattern->clone());
  if (named && alike && alike != named)
    alike.erase();
  replaced->erase();
  return true;
}

/// What is new goes before what is there.
static LogicalResult extend(BackendOp whole, BackendOp extension) {
  SmallVector<Operation *> added;
  for (Operation &op : extension.getBody().front()) {
    if (auto remove = dyn_cast<RemoveOp>(op)) {
      if (failed(removePattern(whole, remove)))
        return failure();
    } else if (!replacePattern(whole, cast<PatternOp>(op))) {
      added.push_back(op.clone());
    }
  }
  Block &body = whole.getBody().front();
  for (Operation *op : llvm::reverse(added))
    body.push_front(op);
  return success();
}

static BackendOp findBase(BackendOp backend, OwningOpRef<ModuleOp> &preset) {
  Attribute base = backend.getBaseAttr();
  if (auto name = dyn_cast<StringAttr>(base)) {
    preset = loadPreset(PresetClass::Backend, name, backend.getLoc());
    return preset ? *preset->getOps<BackendOp>().begin() : BackendOp();
  }
  auto symbol = cast<FlatSymbolRefAttr>(base);
  auto found =
      dyn_cast_or_null<BackendOp>(mlir::SymbolTable::lookupNearestSymbolFrom(
          backend->getParentOp(), symbol));
  if (!found)
    backend.emitError() << "extends " << symbol
                        << ", which is no qprep.backend beside it; define it "
                           "there, or name a preset in quotes";
  return found;
}

OwningOpRef<BackendOp> quantprep::copyWhole(BackendOp backend) {
  // From the one that is asked for to the one that extends nothing.
  SmallVector<BackendOp> chain{backend};
  SmallVector<OwningOpRef<ModuleOp>> presets;
  while (chain.back().getBaseAttr()) {
    BackendOp base = findBase(chain.back(), presets.emplace_back());
    if (!base)
      return nullptr;
    if (llvm::is_contained(chain, base)) {
      chain.back().emitError()
          << "extends @" << base.getSymName() << ", which extends this one";
      return nullptr;
    }
    chain.push_back(base);
  }
  OwningOpRef<BackendOp> whole(chain.back().clone());
  for (BackendOp extension : llvm::reverse(ArrayRef(chain).drop_back()))
    if (failed(extend(*whole, extension)))
      return nullptr;
  whole->setSymNameAttr(backend.getSymNameAttr());
  whole->setSymVisibilityAttr(backend.getSymVisibilityAttr());
  return whole;
}
