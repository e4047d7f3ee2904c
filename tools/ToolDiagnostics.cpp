//===- ToolDiagnostics.cpp - Diagnostics without a file -------------------===//

#include "ToolDiagnostics.h"

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Support/RepeatedDiagnostic.h"

#include "mlir/IR/Location.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace quantprep;

/// Null if the location has no line: the module of a file is its line 0.
static FileLineColLoc getFile(Location loc) {
  auto file = loc->findInstanceOf<FileLineColLoc>();
  return file && file.getLine() > 0 ? file : FileLineColLoc();
}

/// The op in full, as MLIR adds it: of a module or a configuration that is as
/// long as the file.
static bool showsRegions(const Diagnostic &note) {
  std::string text = note.str();
  return StringRef(text).starts_with("see current operation:") &&
         StringRef(text).trim().contains('\n');
}

static llvm::SourceMgr::DiagKind getKind(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Note:
    return llvm::SourceMgr::DK_Note;
  case DiagnosticSeverity::Warning:
    return llvm::SourceMgr::DK_Warning;
  case DiagnosticSeverity::Error:
    return llvm::SourceMgr::DK_Error;
  case DiagnosticSeverity::Remark:
    return llvm::SourceMgr::DK_Remark;
  }
  llvm_unreachable("all severities are handled");
}

ToolDiagnostics::ToolDiagnostics(MLIRContext &context, Verbosity verbosity,
                                 bool showNotes)
    : context(context), verbosity(verbosity), showNotes(showNotes),
      id(context.getDiagEngine().registerHandler(
          [this](Diagnostic &diag) { return handle(diag); })) {}

ToolDiagnostics::~ToolDiagnostics() {
  context.getDiagEngine().eraseHandler(id);
}

void ToolDiagnostics::addModule(Operation *module) {
  if (!modules.insert(module).second)
    return;
  StringAttr text;
  if (auto file = module->getLoc()->findInstanceOf<FileLineColLoc>()) {
    text = file.getFilename();
    texts.insert(text);
  }
  module->walk([&](FunctionOpInterface function) {
    StringAttr name = function.getNameAttr();
    function->walk([&](Operation *op) {
      Location loc = op->getLoc();
      auto file = dyn_cast<FileLineColLoc>(loc);
      if (op != function && !isa<UnknownLoc>(loc) &&
          (!file || file.getFilename() != text))
        functions.try_emplace(loc, name);
    });
  });
}

std::string ToolDiagnostics::describeFunction(Location loc) {
  // A location in the text of a module is shown with its line.
  FileLineColLoc file = getFile(loc);
  if (file && texts.contains(file.getFilename()))
    return "";
  auto function = functions.find(loc);
  return function == functions.end()
             ? ""
             : (" in @" + function->second.getValue()).str();
}

static VerbosityLevel getLevel(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Warning:
    return VerbosityLevel::ErrorsAndWarnings;
  case DiagnosticSeverity::Remark:
    return VerbosityLevel::ErrorsWarningsAndRemarks;
  case DiagnosticSeverity::Note:
  case DiagnosticSeverity::Error:
    return VerbosityLevel::ErrorsOnly;
  }
  llvm_unreachable("all severities are handled");
}

void ToolDiagnostics::print(const Diagnostic &diag) {
  Location loc = diag.getLocation();
  StringRef name = getLocationName(loc);
  std::string place;
  if (!name.empty())
    place = name.str() + describeFunction(loc);
  else if (auto file = loc->findInstanceOf<FileLineColLoc>())
    place = file.getFilename().str();
  llvm::SMDiagnostic(place, getKind(diag.getSeverity()), diag.str())
      .print(nullptr, llvm::errs());
}

LogicalResult ToolDiagnostics::handle(Diagnostic &diag) {
  // The engine is locked: what it is given here, it hands to the next handler.
  if (passesOn)
    return failure();
  if (getLevel(diag.getSeverity()) > verbosity)
    return success();
  llvm::SaveAndRestore guard(passesOn, true);
  bool hasFile = bool(getFile(diag.getLocation()));
  std::string function =
      hasFile && diag.getSeverity() != DiagnosticSeverity::Remark
          ? describeFunction(diag.getLocation())
          : "";
  bool isChanged = !hasFile || !function.empty() ||
                   llvm::any_of(diag.getNotes(), [](const Diagnostic &note) {
                     return showsRegions(note) || !getFile(note.getLocation());
                   });
  if (!isChanged)
    return failure();
  DiagnosticEngine &engine = context.getDiagEngine();
  if (hasFile) {
    Diagnostic shown(diag.getLocation(), diag.getSeverity());
    if (!function.empty())
      shown << StringRef(function).ltrim() << ": ";
    shown << diag.str();
    markRepeated(shown);
    engine.emit(std::move(shown));
  } else {
    print(diag);
  }
  for (const Diagnostic &note : diag.getNotes()) {
    if (!showNotes || showsRegions(note))
      continue;
    if (!getFile(note.getLocation())) {
      print(note);
      continue;
    }
    Diagnostic shown(note.getLocation(), DiagnosticSeverity::Note);
    shown << note.str();
    markRepeated(shown);
    engine.emit(std::move(shown));
  }
  return success();
}
