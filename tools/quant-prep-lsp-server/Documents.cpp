//===- Documents.cpp - Texts that an editor has open ----------------------===//

#include "Documents.h"

#include "QuantPrep/Report/Describe.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace quantprep::lsp;

Documents::Documents(DialectRegistry &registry)
    : context(registry, MLIRContext::Threading::DISABLED) {
  context.allowUnregisteredDialects();
}

void Documents::set(StringRef uri, StringRef text) { texts[uri] = text.str(); }

void Documents::erase(StringRef uri) { texts.erase(uri); }

/// The part of a text between two lines of dashes that has the line, and the
/// number of the line in it.
static std::pair<StringRef, int> getPart(StringRef text, int line) {
  SmallVector<StringRef> lines;
  text.split(lines, '\n');
  if (line >= int(lines.size()))
    return {"", 0};
  auto separates = [](StringRef l) { return l.starts_with("// -----"); };
  int begin = line, end = line;
  while (begin > 0 && !separates(lines[begin - 1]))
    --begin;
  while (end < int(lines.size()) && !separates(lines[end]))
    ++end;
  if (begin == end)
    return {"", 0};
  const char *first = lines[begin].begin();
  return {StringRef(first, lines[end - 1].end() - first), line - begin};
}

static bool contains(SMRange range, SMLoc place) {
  return range.isValid() && range.Start.getPointer() <= place.getPointer() &&
         place.getPointer() <= range.End.getPointer();
}

static bool isAt(const AsmParserState::OperationDefinition &op, SMLoc place) {
  auto atPlace = [&](SMRange range) { return contains(range, place); };
  return atPlace(op.loc) || llvm::any_of(op.symbolUses, atPlace) ||
         llvm::any_of(op.resultGroups, [&](const auto &group) {
           return atPlace(group.definition.loc) ||
                  llvm::any_of(group.definition.uses, atPlace);
         });
}

static Operation *findOp(const AsmParserState &state, SMLoc place) {
  for (const AsmParserState::OperationDefinition &op : state.getOpDefs())
    if (isAt(op, place))
      return op.op;
  return nullptr;
}

std::string Documents::describe(const Place &place) {
  auto found = texts.find(place.uri);
  if (found == texts.end())
    return "";
  auto [part, line] = getPart(found->second, place.line);
  llvm::SourceMgr sources;
  unsigned buffer = sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(part), SMLoc());
  SMLoc cursor =
      sources.FindLocForLineAndColumn(buffer, line + 1, place.character + 1);
  if (!cursor.isValid())
    return "";

  // Errors are the server's to report.
  ScopedDiagnosticHandler ignoreErrors(&context,
                                       [](Diagnostic &) { return success(); });
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  AsmParserState state;
  Block block;
  if (failed(
          parseAsmSourceFile(sources, &block, ParserConfig(&context), &state)))
    return "";
  Operation *op = findOp(state, cursor);
  if (!op)
    return "";
  auto written = llvm::hasSingleElement(block)
                     ? dyn_cast<ModuleOp>(block.front())
                     : ModuleOp();
  module->getBody()->getOperations().splice(module->getBody()->begin(),
                                            block.getOperations());
  return report::describeOp(op, written ? written : *module);
}
