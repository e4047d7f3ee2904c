//===- BytecodeTest.cpp - Versions of qprep in bytecode -------------------===//
//
// What a text test cannot make: bytecode of a version that does not exist yet.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/Bytecode/BytecodeImplementation.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct FutureBytecodeInterface : BytecodeDialectInterface {
  FutureBytecodeInterface(Dialect *dialect)
      : BytecodeDialectInterface(dialect) {}
  void writeVersion(DialectBytecodeWriter &writer) const final {
    writer.writeVarInt(99);
  }
};

/// Has the namespace of qprep and a version far ahead of it.
struct FutureQPrepDialect : Dialect {
  explicit FutureQPrepDialect(MLIRContext *context)
      : Dialect(getDialectNamespace(), context,
                TypeID::get<FutureQPrepDialect>()) {
    allowUnknownOperations();
    addInterfaces<FutureBytecodeInterface>();
  }
  static StringRef getDialectNamespace() { return "qprep"; }
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(FutureQPrepDialect)
};

template <typename DialectT> std::string toBytecode(StringRef source) {
  MLIRContext context;
  context.loadDialect<DialectT>();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(source, &context);
  std::string bytes;
  llvm::raw_string_ostream stream(bytes);
  EXPECT_TRUE(module);
  if (!module || failed(writeBytecodeToFile(*module, stream)))
    return "";
  return stream.str();
}

/// The errors of reading `bytes` into a context that knows qprep.
std::string errorsOfReading(const std::string &bytes) {
  MLIRContext context;
  context.loadDialect<qprep::QPrepDialect>();
  std::string errors;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    errors += diagnostic.str() + "\n";
  });
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(bytes, &context);
  EXPECT_EQ(!module, !errors.empty());
  return errors;
}
} // namespace

TEST(QPrepBytecode, CurrentVersionIsRead) {
  std::string bytes = toBytecode<qprep::QPrepDialect>(
      "qprep.observer @o {id = 0, spec = #qprep.observer<placeholder, f16>}");
  ASSERT_FALSE(bytes.empty());
  EXPECT_EQ(errorsOfReading(bytes), "");
}

TEST(QPrepBytecode, FutureVersionIsAnError) {
  std::string bytes =
      toBytecode<FutureQPrepDialect>("\"qprep.from_the_future\"() : () -> ()");
  ASSERT_FALSE(bytes.empty());
  EXPECT_NE(errorsOfReading(bytes).find(
                "bytecode of qprep version 99, this reader knows versions up "
                "to 1"),
            std::string::npos);
}
