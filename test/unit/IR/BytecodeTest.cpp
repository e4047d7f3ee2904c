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
/// A version far ahead of the dialect's.
struct FutureVersion : BytecodeDialectInterface {
  FutureVersion(Dialect *dialect) : BytecodeDialectInterface(dialect) {}
  void writeVersion(DialectBytecodeWriter &writer) const final {
    writer.writeVarInt(99);
  }
};

/// The first byte of a number that has eight more.
struct BrokenVersion : BytecodeDialectInterface {
  BrokenVersion(Dialect *dialect) : BytecodeDialectInterface(dialect) {}
  void writeVersion(DialectBytecodeWriter &writer) const final {
    writer.writeOwnedBool(false);
  }
};

/// Has the namespace of qprep and a version of its own.
template <typename VersionT> struct OtherQPrepDialect : Dialect {
  explicit OtherQPrepDialect(MLIRContext *context)
      : Dialect(getDialectNamespace(), context,
                TypeID::get<OtherQPrepDialect<VersionT>>()) {
    allowUnknownOperations();
    addInterfaces<VersionT>();
  }
  static StringRef getDialectNamespace() { return "qprep"; }
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(OtherQPrepDialect)
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
  std::string bytes = toBytecode<OtherQPrepDialect<FutureVersion>>(
      "\"qprep.from_the_future\"() : () -> ()");
  ASSERT_FALSE(bytes.empty());
  EXPECT_NE(errorsOfReading(bytes).find(
                "bytecode of qprep version 99, this reader knows versions up "
                "to 3"),
            std::string::npos);
}

TEST(QPrepBytecode, BrokenVersionIsAnError) {
  std::string bytes = toBytecode<OtherQPrepDialect<BrokenVersion>>(
      "\"qprep.from_nowhere\"() : () -> ()");
  ASSERT_FALSE(bytes.empty());
  EXPECT_NE(errorsOfReading(bytes).find("attempting to"), std::string::npos);
}
