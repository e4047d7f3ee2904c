//===- QPrepBytecode.cpp - qprep in bytecode ------------------------------===//
//
// Bytecode carries a version of the dialect. Attributes are encoded as their
// text, which their few distinct values make cheap; but not those that hold
// resources, which a text in bytecode cannot refer to.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/Bytecode/BytecodeImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// What an encoded attribute begins with.
enum AttributeCode : uint64_t { StatisticsCode, HistogramCode, PassesCode };

/// Reads numbers and attributes one after the other, until one fails.
class FieldReader {
public:
  explicit FieldReader(DialectBytecodeReader &reader) : reader(reader) {}

  template <typename AttrT> AttrT attribute() {
    AttrT attr;
    isWhole = isWhole && succeeded(reader.readAttribute(attr));
    return attr;
  }
  template <typename AttrT> AttrT optional() {
    AttrT attr;
    isWhole = isWhole && succeeded(reader.readOptionalAttribute(attr));
    return attr;
  }
  int64_t number() {
    int64_t value = 0;
    isWhole = isWhole && succeeded(reader.readSignedVarInt(value));
    return value;
  }
  /// The attribute of these parameters; null if they were not all read, or if
  /// it would not be valid.
  template <typename AttrT, typename... Params>
  Attribute make(Params... params) {
    if (!isWhole)
      return {};
    return AttrT::getChecked([&] { return reader.emitError(); },
                             reader.getContext(), params...);
  }

private:
  DialectBytecodeReader &reader;
  bool isWhole = true;
};

struct QPrepBytecodeInterface : BytecodeDialectInterface {
  QPrepBytecodeInterface(Dialect *dialect)
      : BytecodeDialectInterface(dialect) {}

  struct Version : DialectVersion {
    uint64_t number;
  };

  void writeVersion(DialectBytecodeWriter &writer) const final {
    writer.writeVarInt(QPrepDialect::bytecodeVersion);
  }

  std::unique_ptr<DialectVersion>
  readVersion(DialectBytecodeReader &reader) const final {
    auto version = std::make_unique<Version>();
    if (failed(reader.readVarInt(version->number)))
      return nullptr;
    if (version->number > QPrepDialect::bytecodeVersion) {
      reader.emitError() << "bytecode of qprep version " << version->number
                         << ", this reader knows versions up to "
                         << QPrepDialect::bytecodeVersion;
      return nullptr;
    }
    return version;
  }

  LogicalResult writeAttribute(Attribute attr,
                               DialectBytecodeWriter &writer) const final {
    return TypeSwitch<Attribute, LogicalResult>(attr)
        .Case([&](StatisticsAttr attr) {
          writer.writeVarInt(StatisticsCode);
          writer.writeAttribute(attr.getMin());
          writer.writeAttribute(attr.getMax());
          for (int64_t number : {attr.getCount(), attr.getRuns(),
                                 attr.getInfinite(), attr.getNan()})
            writer.writeSignedVarInt(number);
          writer.writeOptionalAttribute(attr.getHistogram());
          writer.writeOptionalAttribute(attr.getPasses());
          return success();
        })
        .Case([&](HistogramAttr attr) {
          writer.writeVarInt(HistogramCode);
          writer.writeSignedVarInt(attr.getExponent());
          writer.writeSignedVarInt(attr.getFirst());
          writer.writeAttribute(attr.getCounts());
          return success();
        })
        .Case([&](PassesAttr attr) {
          writer.writeVarInt(PassesCode);
          writer.writeAttribute(attr.getRuns());
          writer.writeAttribute(attr.getRanges());
          return success();
        })
        .Default([](Attribute) { return failure(); });
  }

  Attribute readAttribute(DialectBytecodeReader &reader) const final {
    uint64_t code;
    if (failed(reader.readVarInt(code)))
      return {};
    FieldReader fields(reader);
    switch (code) {
    case StatisticsCode: {
      auto min = fields.attribute<DenseF64ArrayAttr>();
      auto max = fields.attribute<DenseF64ArrayAttr>();
      int64_t count = fields.number(), runs = fields.number();
      int64_t infinite = fields.number(), nan = fields.number();
      auto histogram = fields.optional<HistogramAttr>();
      auto passes = fields.optional<PassesAttr>();
      return fields.make<StatisticsAttr>(min, max, count, runs, infinite, nan,
                                         histogram, passes);
    }
    case HistogramCode: {
      int64_t exponent = fields.number(), first = fields.number();
      auto counts = fields.attribute<DenseResourceElementsAttr>();
      return fields.make<HistogramAttr>(exponent, first, counts);
    }
    case PassesCode: {
      auto runs = fields.attribute<DenseResourceElementsAttr>();
      auto ranges = fields.attribute<DenseResourceElementsAttr>();
      return fields.make<PassesAttr>(runs, ranges);
    }
    }
    reader.emitError() << "unknown attribute " << code << " of qprep";
    return {};
  }
};
} // namespace

void QPrepDialect::registerBytecodeInterface() {
  addInterfaces<QPrepBytecodeInterface>();
}
