//===- Program.cpp - A function that has been compiled --------------------===//

#include "QuantPrep/Execution/Program.h"

#include "Lower.h"

#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

#include <csetjmp>
#include <cstdlib>
#include <cstring>

using namespace mlir;
using namespace quantprep::execution;

Program::Program(Location loc)
    : loc(loc), surroundings(std::make_unique<Surroundings>()) {}
Program::~Program() = default;

/// A ranked descriptor, as memrefs of `rank` dimensions have it.
static int64_t getDescriptorBytes(int64_t rank) { return (3 + 2 * rank) * 8; }

LogicalResult Program::describe(func::FuncOp function) {
  for (Type type : function.getArgumentTypes())
    isScalarArgument.push_back(!isa<ShapedType>(type));
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    auto buffer = dyn_cast<MemRefType>(type);
    bool isScalar = type.isIntOrIndexOrFloat();
    std::optional<ElementType> elementType =
        ElementType::of(getElementTypeOrSelf(type));
    if (!elementType || (!tensor && !buffer && !isScalar))
      return emitError(function.getLoc())
             << "result #" << index << " of @" << function.getName() << " is a "
             << type
             << ", which arrays cannot hold; results must be ranked tensors of "
                "i1, i8 to i64, ui8 to ui64, f16, bf16, f32 or f64";
    Result result{*elementType, std::nullopt, 0};
    int64_t bytes = elementType->bytes, alignment = bytes;
    if (!isScalar) {
      result.rank = cast<ShapedType>(type).getRank();
      bytes = getDescriptorBytes(*result.rank);
      alignment = 8;
    }
    result.offset = llvm::alignTo(resultBytes, alignment);
    resultBytes = result.offset + bytes;
    results.push_back(result);
  }
  return success();
}

static llvm::Expected<std::unique_ptr<llvm::TargetMachine>> createHost() {
  static bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)initialized;
  auto builder = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder)
    return builder.takeError();
  return builder->createTargetMachine();
}

static llvm::Expected<std::unique_ptr<ExecutionEngine>>
createEngine(ModuleOp module, const Symbols &symbols) {
  auto host = createHost();
  if (!host)
    return host.takeError();
  auto transformer = makeOptimizingTransformer(
      /*optLevel=*/3, /*sizeLevel=*/0, host->get());
  ExecutionEngineOptions options;
  options.transformer = transformer;
  options.jitCodeGenOptLevel = llvm::CodeGenOptLevel::Default;
  options.enableGDBNotificationListener = false;
  options.enablePerfNotificationListener = false;
  auto machine = createHost();
  if (!machine)
    return machine.takeError();
  auto engine = ExecutionEngine::create(module, options, std::move(*machine));
  if (!engine)
    return engine.takeError();
  (*engine)->registerSymbols([&](llvm::orc::MangleAndInterner interner) {
    llvm::orc::SymbolMap map;
    for (const auto &symbol : symbols)
      map[interner(symbol.getKey())] = {
          llvm::orc::ExecutorAddr::fromPtr(symbol.getValue()),
          llvm::JITSymbolFlags::Exported};
    return map;
  });
  (*engine)->initialize();
  return std::move(*engine);
}

//===----------------------------------------------------------------------===//
// What goes wrong in runs
//===----------------------------------------------------------------------===//

static thread_local std::optional<RunFailure> noted;

void quantprep::execution::noteFailure(std::string message,
                                       std::optional<Location> loc) {
  if (!noted)
    noted = RunFailure{std::move(message), loc};
}

std::optional<RunFailure> quantprep::execution::takeFailure() {
  return std::exchange(noted, std::nullopt);
}

namespace {
/// A run of this thread: where it goes on when it fails, and the buffers that
/// compiled code has then.
struct CurrentRun {
  std::jmp_buf end;
  llvm::DenseSet<void *> buffers;
};
} // namespace

static thread_local CurrentRun *currentRun = nullptr;

/// Between this and the run there is nothing but compiled code, which has
/// nothing to destroy.
void quantprep::execution::endRun() { std::longjmp(currentRun->end, 1); }

/// The malloc of compiled code, which looks at no result.
static void *allocate(size_t size) {
  if (void *memory = std::malloc(size)) {
    currentRun->buffers.insert(memory);
    return memory;
  }
  noteFailure("there is no memory for a buffer of " + std::to_string(size) +
              " bytes; use fewer threads, or a smaller batch");
  endRun();
}

static void release(void *memory) {
  currentRun->buffers.erase(memory);
  std::free(memory);
}

/// Calls compiled code. False if it ended the run.
static bool call(void (*entry)(void **), void **arguments) {
  CurrentRun run;
  currentRun = &run;
  if (setjmp(run.end)) {
    for (void *memory : currentRun->buffers)
      std::free(memory);
    return false;
  }
  entry(arguments);
  return true;
}

//===----------------------------------------------------------------------===//
// Compilation
//===----------------------------------------------------------------------===//

FailureOr<std::unique_ptr<Program>> Program::compile(func::FuncOp function,
                                                     ObservationPlan *plan) {
  std::unique_ptr<Program> program(new Program(function.getLoc()));
  if (failed(program->describe(function)))
    return failure();
  OwningOpRef<ModuleOp> module = isolate(function);
  defineDeclared(*module);
  if (failed(prepareObservations(*module, plan)) ||
      failed(lowerToLLVM(*module, *program->surroundings)))
    return failure();
  Symbols &symbols = program->surroundings->symbols;
  symbols["malloc"] = reinterpret_cast<void *>(allocate);
  symbols["free"] = reinterpret_cast<void *>(release);
  auto engine = createEngine(*module, symbols);
  if (!engine)
    return emitError(function.getLoc())
           << "cannot compile @" << function.getName() << ": "
           << llvm::toString(engine.takeError());
  program->engine = std::move(*engine);
  auto entry =
      program->engine->lookupPacked(("_mlir_ciface_" + entryName).str());
  if (!entry)
    return emitError(function.getLoc())
           << "cannot compile @" << function.getName() << ": "
           << llvm::toString(entry.takeError());
  program->entry = *entry;
  return program;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// The descriptor of a dense buffer.
static llvm::SmallVector<int64_t> makeDescriptor(const ArgumentView &argument) {
  int64_t address = reinterpret_cast<intptr_t>(argument.data);
  llvm::SmallVector<int64_t> words = {address, address, 0};
  words.append(argument.shape.begin(), argument.shape.end());
  size_t rank = argument.shape.size();
  words.resize(3 + 2 * rank);
  int64_t stride = 1;
  for (size_t dim = rank; dim-- > 0; stride *= argument.shape[dim])
    words[3 + rank + dim] = stride;
  return words;
}

Array Program::takeResult(const Result &result, const char *returned,
                          BufferOwners &owners) const {
  Array array{result.type, {}, nullptr};
  if (!result.rank) {
    array.data = allocateElements(result.type.bytes);
    std::memcpy(array.data.get(), returned, result.type.bytes);
    return array;
  }
  int64_t words[3];
  std::memcpy(words, returned, sizeof(words));
  array.shape.resize(*result.rank);
  if (*result.rank)
    std::memcpy(array.shape.data(), returned + sizeof(words),
                *result.rank * sizeof(int64_t));
  // Results are dense, and their buffers are the caller's. Several may be in
  // one buffer.
  auto *allocated = reinterpret_cast<char *>(words[0]);
  std::shared_ptr<char[]> &owner = owners[allocated];
  if (!owner)
    owner.reset(allocated, [](char *p) { std::free(p); });
  auto *data =
      reinterpret_cast<char *>(words[1]) + words[2] * result.type.bytes;
  array.data = std::shared_ptr<char[]>(owner, data);
  return array;
}

std::optional<RunFailure> Program::run(llvm::ArrayRef<ArgumentView> arguments,
                                       llvm::SmallVectorImpl<Array> &results,
                                       ObservationSink *sink) const {
  std::vector<llvm::SmallVector<int64_t>> descriptors;
  for (const ArgumentView &argument : arguments)
    descriptors.push_back(makeDescriptor(argument));
  // Each is a pointer to what the function takes: pointers to descriptors, and
  // scalars.
  std::vector<char> returned(resultBytes);
  std::vector<void *> pointers;
  void *returnedPointer = returned.data();
  bool returnsScalar = this->results.size() == 1 && !this->results[0].rank;
  pointers.reserve(arguments.size() + 1);
  std::vector<void *> packed;
  if (!this->results.empty() && !returnsScalar)
    packed.push_back(&returnedPointer);
  for (auto [i, argument] : llvm::enumerate(arguments)) {
    pointers.push_back(descriptors[i].data());
    packed.push_back(isScalarArgument[i] ? const_cast<char *>(argument.data)
                                         : static_cast<void *>(&pointers[i]));
  }
  if (returnsScalar)
    packed.push_back(returned.data());
  results.clear();
  {
    CurrentSink current(sink);
    if (!call(entry, packed.data()))
      return takeFailure();
  }
  BufferOwners owners;
  for (const Result &result : this->results)
    results.push_back(
        takeResult(result, returned.data() + result.offset, owners));
  return takeFailure();
}
