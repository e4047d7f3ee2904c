//===- Npy.cpp - The format of one array ----------------------------------===//

#include "QuantPrep/Execution/Npz.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>

using namespace llvm;
using namespace quantprep::execution;

static constexpr StringLiteral magic = "\x93NUMPY";

namespace {
/// The dictionary of the header.
struct Header {
  StringRef descr;
  bool fortranOrder = false;
  SmallVector<int64_t> shape;
};
} // namespace

/// What follows `'key':` in the dictionary.
static Expected<StringRef> findValue(StringRef dictionary, StringRef key) {
  for (const char *quote : {"'", "\""}) {
    std::string quoted = (quote + key + quote).str();
    size_t at = dictionary.find(quoted);
    if (at == StringRef::npos)
      continue;
    StringRef value = dictionary.drop_front(at + quoted.size()).ltrim();
    if (value.consume_front(":"))
      return value.ltrim();
  }
  return createStringError("its header has no '" + key + "'");
}

static Error parseShape(StringRef text, SmallVectorImpl<int64_t> &shape) {
  if (!text.consume_front("("))
    return createStringError("its header has no shape");
  SmallVector<StringRef> dims;
  text.take_until([](char c) { return c == ')'; })
      .split(dims, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef dim : dims) {
    dim = dim.trim();
    int64_t size;
    if (dim.empty())
      continue;
    if (dim.getAsInteger(10, size) || size < 0)
      return createStringError("its header has a dimension '" + dim + "'");
    shape.push_back(size);
  }
  return Error::success();
}

static Expected<Header> parseHeader(StringRef dictionary) {
  Header header;
  Expected<StringRef> descr = findValue(dictionary, "descr");
  if (!descr)
    return descr.takeError();
  if (descr->starts_with("["))
    return createStringError("it has records with fields; save each field as "
                             "an array of its own");
  if (descr->empty())
    return createStringError("its header has no 'descr'");
  header.descr = descr->drop_front().take_until(
      [](char c) { return c == '\'' || c == '"'; });
  Expected<StringRef> order = findValue(dictionary, "fortran_order");
  if (!order)
    return order.takeError();
  header.fortranOrder = order->starts_with("True");
  if (!header.fortranOrder && !order->starts_with("False"))
    return createStringError(
        "its header has no 'fortran_order' that is True or False");
  Expected<StringRef> shape = findValue(dictionary, "shape");
  if (!shape)
    return shape.takeError();
  if (Error error = parseShape(*shape, header.shape))
    return error;
  return header;
}

static Expected<ElementType> parseElementType(StringRef descr) {
  StringRef text = descr;
  char order = text.empty() ? 0 : text.front();
  if (StringRef("<>=|").contains(order))
    text = text.drop_front();
  ElementType type;
  if (!text.empty()) {
    type.kind = text.front();
    if (text.drop_front().getAsInteger(10, type.bytes))
      type.bytes = 0;
  }
  if (type.kind == 'O')
    return createStringError("it has Python objects (dtype '" + descr +
                             "'); save an array of numbers");
  if (order == '>' && type.bytes > 1)
    return createStringError(
        "it is big-endian (dtype '" + descr +
        "'); save it little-endian: a.astype(a.dtype.newbyteorder('<'))");
  constexpr StringLiteral known[] = {"b1", "i1", "i2", "i4", "i8", "u1", "u2",
                                     "u4", "u8", "f2", "f4", "f8", "V2"};
  if (!is_contained(known, text))
    return createStringError("its dtype '" + descr +
                             "' is none of bool, int8 to int64, uint8 to "
                             "uint64, float16, bfloat16, float32, float64");
  return type;
}

/// From the first dimension running fastest to the last running fastest.
static void toRowMajor(const char *from, char *to, ArrayRef<int64_t> shape,
                       int64_t bytes) {
  SmallVector<int64_t> index(shape.size(), 0), strides(shape.size(), bytes);
  for (size_t i = 1; i < shape.size(); ++i)
    strides[i] = strides[i - 1] * shape[i - 1];
  int64_t count = 1;
  for (int64_t dim : shape)
    count *= dim;
  for (int64_t i = 0; i < count; ++i, to += bytes) {
    std::memcpy(to, from, bytes);
    for (size_t dim = shape.size(); dim-- > 0;) {
      from += strides[dim];
      if (++index[dim] < shape[dim])
        break;
      from -= strides[dim] * shape[dim];
      index[dim] = 0;
    }
  }
}

/// The size of the elements; none if it is no number of bytes that exists.
static std::optional<int64_t> getSize(const Array &array) {
  int64_t size = array.type.bytes;
  for (int64_t dim : array.shape)
    if (MulOverflow(size, dim, size))
      return std::nullopt;
  return size;
}

Expected<Array> quantprep::execution::parseNpy(std::shared_ptr<char[]> bytes,
                                               int64_t size) {
  StringRef text(bytes.get(), size);
  if (!text.starts_with(magic) || size < 10)
    return createStringError("it is no .npy: it does not begin with the bytes "
                             "\\x93NUMPY and a version");
  int version = static_cast<unsigned char>(text[6]);
  constexpr int lastVersion = 3;
  if (version < 1 || version > lastVersion)
    return createStringError("its format has version " + Twine(version) +
                             ", but versions 1 to 3 are known; save it anew");
  bool isLong = version >= 2;
  int64_t start = isLong ? 12 : 10;
  int64_t length = 0;
  if (size >= start)
    length = isLong ? support::endian::read32le(text.data() + 8)
                    : support::endian::read16le(text.data() + 8);
  if (size < start + length)
    return createStringError("it is truncated: its header ends after " +
                             Twine(size) + " bytes");
  Expected<Header> header = parseHeader(text.substr(start, length));
  if (!header)
    return header.takeError();
  Expected<ElementType> type = parseElementType(header->descr);
  if (!type)
    return type.takeError();

  Array array{*type, header->shape, nullptr};
  std::optional<int64_t> wanted = getSize(array);
  int64_t found = size - start - length;
  if (!wanted || *wanted > found)
    return createStringError(
        "it is truncated: " + formatArrayType(array.shape, array.type) +
        " has more elements than its " + Twine(found) + " bytes hold");
  char *elements = bytes.get() + start + length;
  bool isMoved = header->fortranOrder && array.shape.size() > 1;
  bool isAligned = reinterpret_cast<uintptr_t>(elements) % type->bytes == 0;
  if (!isMoved && isAligned) {
    array.data = std::shared_ptr<char[]>(bytes, elements);
    return array;
  }
  array.data = allocateElements(*wanted);
  if (!array.data)
    return createStringError("there is no memory for its " + Twine(*wanted) +
                             " bytes");
  if (!isMoved)
    std::memcpy(array.data.get(), elements, *wanted);
  else
    toRowMajor(elements, array.data.get(), array.shape, array.type.bytes);
  return array;
}

std::string quantprep::execution::formatNpyHeader(const Array &array) {
  std::string text;
  raw_string_ostream os(text);
  os << "{'descr': '"
     << (array.type.bytes == 1 || array.type.kind == 'V' ? '|' : '<')
     << array.type.kind << array.type.bytes
     << "', 'fortran_order': False, 'shape': (";
  for (int64_t dim : array.shape)
    os << dim << ", ";
  os << "), }";
  // The elements begin at a multiple of 64 bytes, after a newline.
  text.resize(alignTo(10 + text.size() + 1, 64) - 10 - 1, ' ');
  text += '\n';
  std::string header = (magic + StringRef("\x01\x00", 2)).str();
  header += char(text.size() & 0xff);
  header += char(text.size() >> 8);
  return header + text;
}
