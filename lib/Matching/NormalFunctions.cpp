//===- NormalFunctions.cpp - Functions of one value by their values -------===//
//
// A function of one value is the same however it is written: what ops compute
// together is compared with what it has to be, at points that tell one function
// from the others.
//
//===----------------------------------------------------------------------===//

#include "FunctionGraph.h"
#include "QuantPrep/Matching/OpMatchGraph.h"

#include "mlir/IR/TypeUtilities.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
static double softplus(double x) { return std::log1p(std::exp(x)); }
static double relu6(double x) { return std::min(std::max(x, 0.0), 6.0); }

namespace {
struct NamedFunction {
  UnitKind kind;
  /// For docs/kinds.md.
  const char *formula;
  double (*evaluate)(double x, double parameter);
  /// Where the function is its parameter's negative; 0 if it has none.
  double showsParameter = 0;
};
} // namespace

static const NamedFunction functions[] = {
    {UnitKind::relu, "max(x, 0)",
     [](double x, double) { return std::max(x, 0.0); }},
    {UnitKind::relu6, "min(max(x, 0), 6)",
     [](double x, double) { return relu6(x); }},
    {UnitKind::sigmoid, "1 / (exp(-x) + 1)",
     [](double x, double) { return sigmoid(x); }},
    {UnitKind::tanh, "2 sigmoid(2 x) - 1",
     [](double x, double) { return std::tanh(x); }},
    {UnitKind::hardsigmoid, "relu6(x + 3) / 6",
     [](double x, double) { return relu6(x + 3) / 6; }},
    {UnitKind::hardswish, "x relu6(x + 3) / 6",
     [](double x, double) { return x * relu6(x + 3) / 6; }},
    {UnitKind::silu, "x sigmoid(x)",
     [](double x, double) { return x * sigmoid(x); }},
    {UnitKind::gelu, "0.5 x (erf(x / sqrt 2) + 1)",
     [](double x, double) { return x / 2 * (std::erf(x / std::sqrt(2)) + 1); }},
    {UnitKind::gelu, "0.5 x (tanh(sqrt(2 / pi) (x + 0.044715 x^3)) + 1)",
     [](double x, double) {
       return x * sigmoid(std::sqrt(8 / std::acos(-1)) *
                          (x + 0.044715 * x * x * x));
     }},
    {UnitKind::softplus, "log(exp(x) + 1)",
     [](double x, double) { return softplus(x); }},
    {UnitKind::mish, "x tanh(softplus(x))",
     [](double x, double) { return x * std::tanh(softplus(x)); }},
    {UnitKind::logsigmoid, "log(sigmoid(x))",
     [](double x, double) { return -softplus(-x); }},
    {UnitKind::tanhshrink, "x - tanh(x)",
     [](double x, double) { return x - std::tanh(x); }},
    {UnitKind::softsign, "x / (abs(x) + 1)",
     [](double x, double) { return x / (std::abs(x) + 1); }},
    {UnitKind::selu,
     "1.0507009873554805 (x if x >= 0, else 1.6732632423543772 (exp(x) - 1))",
     [](double x, double) {
       return 1.0507009873554805 *
              (x >= 0 ? x : 1.6732632423543772 * std::expm1(x));
     }},
    {UnitKind::elu, "x if x >= 0, else alpha (exp(x) - 1)",
     [](double x, double alpha) { return x >= 0 ? x : alpha * std::expm1(x); },
     -100},
    {UnitKind::celu, "x if x >= 0, else alpha (exp(x / alpha) - 1)",
     [](double x, double alpha) {
       return x >= 0 ? x : alpha * std::expm1(x / alpha);
     },
     -100},
    {UnitKind::leaky_relu, "x if x >= 0, else slope x",
     [](double x, double slope) { return x >= 0 ? x : slope * x; }, -1},
};

/// What roundings of constants to an element type make at most.
static double getTolerance(Type elementType) {
  return elementType.isF64()   ? 0x1p-40
         : elementType.isF32() ? 0x1p-19
         : elementType.isF16() ? 0x1p-10
                               : 0x1p-8;
}

/// None of the bounds of a named function is among the points, and at the first
/// one few functions are the same.
static constexpr double points[] = {-1, 1,   -0.3, 0.7, -2.5, 2.2,
                                    -4, 3.5, 5,    -9,  9,    25};
using Values = std::array<double, std::size(points)>;

static Values evaluateAll(const NamedFunction &function, double parameter) {
  Values values;
  for (auto [value, point] : llvm::zip_equal(values, points))
    value = function.evaluate(point, parameter);
  return values;
}

namespace {
/// The values of a graph, each computed when it is asked for.
class GraphValues {
public:
  GraphValues(const FunctionGraph &graph, Type elementType)
      : graph(graph), tolerance(getTolerance(elementType)) {}

  bool isAt(unsigned point, double wanted) {
    if (!found[point])
      found[point] = graph.evaluate(points[point]);
    return std::abs(*found[point] - wanted) <=
           tolerance * std::max(1.0, std::abs(wanted));
  }
  bool are(const Values &wanted) {
    return llvm::all_of(llvm::enumerate(wanted), [&](const auto &each) {
      return isAt(each.index(), each.value());
    });
  }
  bool is(const NamedFunction &function, const Values &values) {
    if (function.showsParameter == 0)
      return are(values);
    // All of these are the identity where x >= 0, and are neither that nor the
    // absolute value elsewhere.
    if (!isAt(1, 1))
      return false;
    double parameter = -graph.evaluate(function.showsParameter);
    return std::isfinite(parameter) && std::abs(parameter) > tolerance &&
           !isAt(0, -1) && !isAt(0, 1) && are(evaluateAll(function, parameter));
  }

private:
  const FunctionGraph &graph;
  double tolerance;
  std::array<std::optional<double>, std::size(points)> found;
};
} // namespace

/// The first of the named functions that a graph is, unless an op of it is that
/// by itself. `isBounded`: it ends with a unit of bounds, which are two units
/// in a row.
static std::optional<UnitKind> getNamedKind(const FunctionGraph &graph,
                                            bool isBounded, Type elementType) {
  static const auto allValues =
      llvm::map_to_vector(functions, [](const NamedFunction &function) {
        return evaluateAll(function, /*parameter=*/1);
      });
  GraphValues found(graph, elementType);
  for (auto [function, values] : llvm::zip_equal(functions, allValues)) {
    bool bounds =
        function.kind == UnitKind::relu || function.kind == UnitKind::relu6;
    if (!(isBounded && bounds) && found.is(function, values) &&
        !graph.hasOp(function.kind))
      return function.kind;
  }
  return std::nullopt;
}

bool OpMatchGraph::normalizeFunction(Value result, Known &at) const {
  const Maker &written = at.plain ? *at.plain : *at.maker;
  if (!FunctionGraph::mayEndWith(written.kind))
    return false;
  auto getMakerAsWritten = [&](Value value) -> const Maker * {
    Known *known = getWritten(value);
    return !known ? nullptr : known->plain ? &*known->plain : &*known->maker;
  };
  FunctionGraph graph(result, facts, getMakerAsWritten);
  Type elementType = getElementTypeOrSelf(result.getType());
  // Most values are no function: what few need is asked when they are one.
  std::optional<bool> isBounded;
  while (graph.grow()) {
    if (!graph.isFunction())
      continue;
    if (!isBounded) {
      std::optional<OwnBounds> own = findBounds(result, written);
      isBounded = own && isNamed(own->bounds);
    }
    std::optional<UnitKind> kind = getNamedKind(graph, *isBounded, elementType);
    if (!kind)
      continue;
    SmallVector<Operation *> ops = graph.getOps();
    if (!accepts(ops))
      continue;
    auto [reader, operand] = graph.getReader();
    setNormal(at, *kind, *reader, operand);
    at.absorbed.assign(llvm::drop_begin(ops).begin(), ops.end());
    at.maker->absorbed = at.absorbed;
    at.maker->isUnit = true;
    return true;
  }
  return false;
}
