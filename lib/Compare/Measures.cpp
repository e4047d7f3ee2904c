//===- Measures.cpp - How far two tensors are apart -----------------------===//

#include "QuantPrep/Compare/Measures.h"

#include "llvm/ADT/APFloat.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

using namespace quantprep;
using namespace quantprep::compare;
using execution::Array;
using llvm::APFloat;

int64_t compare::getNumElements(const Array &array) {
  return array.getNumBytes() / array.type.bytes;
}

template <typename T>
static void load(const Array &array, size_t begin,
                 llvm::MutableArrayRef<double> numbers) {
  const char *data = array.data.get() + begin * sizeof(T);
  for (double &number : numbers) {
    T element;
    std::memcpy(&element, data, sizeof(T));
    number = double(element);
    data += sizeof(T);
  }
}

static void loadHalf(const Array &array, size_t begin,
                     llvm::MutableArrayRef<double> numbers) {
  const llvm::fltSemantics &semantics =
      array.type.kind == 'V' ? APFloat::BFloat() : APFloat::IEEEhalf();
  for (auto [index, number] : llvm::enumerate(numbers)) {
    uint16_t bits;
    std::memcpy(&bits, array.data.get() + (begin + index) * 2, 2);
    number = APFloat(semantics, llvm::APInt(16, bits)).convertToDouble();
  }
}

void Decoder::decode(const Array &array, size_t begin,
                     llvm::MutableArrayRef<double> numbers) const {
  bool isSigned = array.type.kind == 'i';
  if (array.type.kind == 'V' ||
      (array.type.kind == 'f' && array.type.bytes == 2))
    loadHalf(array, begin, numbers);
  else if (array.type.kind == 'f' && array.type.bytes == 4)
    load<float>(array, begin, numbers);
  else if (array.type.kind == 'f')
    load<double>(array, begin, numbers);
  else if (array.type.bytes == 1)
    isSigned ? load<int8_t>(array, begin, numbers)
             : load<uint8_t>(array, begin, numbers);
  else if (array.type.bytes == 2)
    isSigned ? load<int16_t>(array, begin, numbers)
             : load<uint16_t>(array, begin, numbers);
  else if (array.type.bytes == 4)
    isSigned ? load<int32_t>(array, begin, numbers)
             : load<uint32_t>(array, begin, numbers);
  else
    isSigned ? load<int64_t>(array, begin, numbers)
             : load<uint64_t>(array, begin, numbers);
  if (scale == 0)
    return;
  for (double &number : numbers)
    number = scale * (number - double(zeroPoint));
}

/// Enough for the loops to be long, and little enough to stay in the cache.
static constexpr size_t blockSize = 1024;

/// Whether any element is no number.
static bool hasNaN(const Array &array) {
  double numbers[blockSize];
  size_t size = array.type.kind == 'f' || array.type.kind == 'V'
                    ? getNumElements(array)
                    : 0;
  for (size_t begin = 0; begin < size; begin += blockSize) {
    size_t length = std::min(blockSize, size - begin);
    Decoder().decode(array, begin, {numbers, length});
    if (std::any_of(numbers, numbers + length,
                    [](double number) { return std::isnan(number); }))
      return true;
  }
  return false;
}

std::optional<execution::RunFailure>
compare::checkNumbers(const Array &result, size_t index,
                      llvm::StringRef function) {
  if (!hasNaN(result))
    return std::nullopt;
  return execution::RunFailure{"result #" + std::to_string(index) + " of the " +
                                   function.str() +
                                   " function is no number; give inputs for "
                                   "which it computes numbers",
                               std::nullopt};
}

void Sums::add(const Array &referenceArray, const Decoder &decodeReference,
               const Array &otherArray, const Decoder &decodeOther) {
  double a[blockSize], b[blockSize];
  // Each is of every fourth pair: an addition does not wait for the one before.
  constexpr size_t lanes = 4;
  static_assert(blockSize % lanes == 0);
  double references[lanes] = {}, others[lanes] = {}, products[lanes] = {},
         differences[lanes] = {}, most[lanes] = {};
  size_t size = getNumElements(referenceArray);
  for (size_t begin = 0; begin < size; begin += blockSize) {
    size_t length = std::min(blockSize, size - begin);
    decodeReference.decode(referenceArray, begin, {a, length});
    decodeOther.decode(otherArray, begin, {b, length});
    size_t end = (length + lanes - 1) / lanes * lanes;
    std::fill(a + length, a + end, 0);
    std::fill(b + length, b + end, 0);
    for (size_t i = 0; i < end; i += lanes)
      for (size_t lane = 0; lane < lanes; ++lane) {
        double x = a[i + lane], y = b[i + lane];
        double distance = x == y ? 0 : x - y;
        references[lane] += x * x;
        others[lane] += y * y;
        products[lane] += x * y;
        differences[lane] += distance * distance;
        most[lane] = std::max(most[lane], std::abs(distance));
      }
  }
  for (size_t lane = 0; lane < lanes; ++lane)
    merge({0, references[lane], others[lane], products[lane], differences[lane],
           most[lane]});
  count += size;
}

void Sums::merge(const Sums &sums) {
  count += sums.count;
  reference += sums.reference;
  other += sums.other;
  product += sums.product;
  difference += sums.difference;
  largest = std::max(largest, sums.largest);
}

double Sums::getSqnr() const {
  if (difference == 0)
    return std::numeric_limits<double>::infinity();
  return 10 * std::log10(reference / difference);
}

double Sums::getCosine() const {
  if (reference == 0 || other == 0)
    return reference == other ? 1 : 0;
  return product / std::sqrt(reference) / std::sqrt(other);
}

void Choices::add(const Array &reference, const Decoder &decodeReference,
                  const Array &other, const Decoder &decodeOther,
                  llvm::ArrayRef<int64_t> labels) {
  size_t classes = reference.shape.empty() ? 0 : reference.shape.back();
  if (classes < 2)
    return;
  std::vector<double> a(classes), b(classes);
  auto choose = [&](std::vector<double> &values) -> int64_t {
    return std::max_element(values.begin(), values.end()) - values.begin();
  };
  size_t rows = getNumElements(reference) / classes;
  for (size_t row = 0; row < rows; ++row) {
    decodeReference.decode(reference, row * classes, a);
    decodeOther.decode(other, row * classes, b);
    int64_t first = choose(a), second = choose(b);
    ++count;
    same += first == second;
    if (row >= labels.size())
      continue;
    ++labelled;
    referenceRight += first == labels[row];
    otherRight += second == labels[row];
  }
}

void Choices::merge(const Choices &choices) {
  count += choices.count;
  same += choices.same;
  labelled += choices.labelled;
  referenceRight += choices.referenceRight;
  otherRight += choices.otherRight;
}

double Distance::getAgreement() const {
  return choices.count ? 100.0 * double(choices.same) / double(choices.count)
                       : 100;
}
