//===- OneDNN.cpp - Kernels of oneDNN -------------------------------------===//
//
// The only file that knows oneDNN. Activations stay in the layout that the
// module has, if it is one that oneDNN is good at. Constant weights are put in
// order once.
//
//===----------------------------------------------------------------------===//

#include "KernelView.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <optional>
#include <vector>

using namespace dnnl;
using namespace quantprep::execution;
using llvm::ArrayRef;
using llvm::SmallVector;

/// Of the OpenMP library that oneDNN is linked to.
extern "C" __attribute__((weak)) void omp_set_num_threads(int);

bool quantprep::execution::hasKernels() { return true; }

void quantprep::execution::useOneThread() {
  if (omp_set_num_threads)
    omp_set_num_threads(1);
}

static engine &getEngine() {
  static engine cpu(engine::kind::cpu, 0);
  return cpu;
}

static stream &getStream() {
  static thread_local stream current(getEngine());
  return current;
}

/// Memory of this thread that nobody else uses at a time.
static void *getScratch(size_t size) {
  static thread_local std::vector<char> scratch;
  if (scratch.size() < size)
    scratch.resize(size);
  return scratch.data();
}

namespace {
/// One step: a primitive with its scratchpad.
struct Step {
  primitive done;
  memory::desc scratchpad;

  template <typename Description>
  static Step of(const Description &description) {
    return {primitive(description.get()), description.scratchpad_desc()};
  }
};

/// All that is made for operands of certain shapes and strides.
struct Plan {
  Step compute;
  memory::desc srcGiven, src, weightsGiven, weights, biasGiven, dstGiven, dst;
  /// Constant weights in the order that `compute` wants.
  memory constantWeights;
};
} // namespace

static primitive_attr makeAttributes() {
  primitive_attr attributes;
  attributes.set_scratchpad_mode(scratchpad_mode::user);
  return attributes;
}

/// The description of a view: that of a layout with a name where it fits, as
/// the strides of dimensions of size 1 say nothing.
static memory::desc describe(const View &view,
                             ArrayRef<memory::format_tag> tags) {
  for (memory::format_tag tag : tags) {
    memory::desc named(view.sizes, memory::data_type::f32, tag);
    bool fits = true;
    for (size_t i = 0; i < view.sizes.size(); ++i)
      fits &= view.sizes[i] == 1 ||
              named.data.format_desc.blocking.strides[i] == view.strides[i];
    if (fits)
      return named;
  }
  return memory::desc(view.sizes, memory::data_type::f32, view.strides);
}

static void run(const Step &step, std::unordered_map<int, memory> arguments) {
  if (size_t size = step.scratchpad.get_size())
    arguments[DNNL_ARG_SCRATCHPAD] =
        memory(step.scratchpad, getEngine(), getScratch(size));
  step.done.execute(getStream(), arguments);
}

/// Puts elements in another order.
static void reorderInto(memory from, memory to) {
  reorder::primitive_desc description(from, to, makeAttributes());
  run(Step::of(description), {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}});
  getStream().wait();
}

namespace {
/// What both kinds of kernel have: a plan for each shape, made when it is first
/// met.
class OneDNNKernel : public Kernel {
public:
  explicit OneDNNKernel(bool hasConstantWeights)
      : hasConstantWeights(hasConstantWeights) {}

  bool run(ArrayRef<KernelBuffer> operands) final {
    try {
      compute(operands);
    } catch (const std::exception &) {
      // Of oneDNN, or for want of memory.
      return false;
    }
    return true;
  }

protected:
  virtual void compute(ArrayRef<KernelBuffer> operands) = 0;
  virtual Plan makePlan(ArrayRef<View> views) = 0;

  void compute(const View &src, const View &weights, const View *bias,
               View dst);

private:
  const Plan &getPlan(const View &src, const View &weights, const View *bias,
                      const View &dst);

  bool hasConstantWeights;
  std::mutex mutex;
  std::map<std::vector<int64_t>, std::unique_ptr<Plan>> plans;
};
} // namespace

const Plan &OneDNNKernel::getPlan(const View &src, const View &weights,
                                  const View *bias, const View &dst) {
  std::vector<int64_t> key;
  for (const View *view : {&src, &weights, &dst}) {
    key.insert(key.end(), view->sizes.begin(), view->sizes.end());
    key.insert(key.end(), view->strides.begin(), view->strides.end());
  }
  std::lock_guard<std::mutex> lock(mutex);
  std::unique_ptr<Plan> &plan = plans[key];
  if (plan)
    return *plan;
  SmallVector<View, 4> views = {src, weights, dst};
  if (bias)
    views.push_back(*bias);
  auto made = std::make_unique<Plan>(makePlan(views));
  if (hasConstantWeights && made->weights != made->weightsGiven) {
    made->constantWeights = memory(made->weights, getEngine());
    reorderInto(memory(made->weightsGiven, getEngine(), weights.data),
                made->constantWeights);
  }
  plan = std::move(made);
  return *plan;
}

void OneDNNKernel::compute(const View &src, const View &weights,
                           const View *bias, View dst) {
  const Plan &plan = getPlan(src, weights, bias, dst);
  engine &cpu = getEngine();
  // In the order that the plan wants; what is there already stays.
  auto give = [&](const memory::desc &given, const memory::desc &wanted,
                  float *data) {
    memory as(given, cpu, data);
    if (given == wanted)
      return as;
    memory ordered(wanted, cpu);
    reorderInto(as, ordered);
    return ordered;
  };
  memory dstGiven(plan.dstGiven, cpu, dst.data);
  memory result = plan.dst == plan.dstGiven ? dstGiven : memory(plan.dst, cpu);
  std::unordered_map<int, memory> arguments = {
      {DNNL_ARG_SRC, give(plan.srcGiven, plan.src, src.data)},
      {DNNL_ARG_WEIGHTS,
       plan.constantWeights.get(true)
           ? plan.constantWeights
           : give(plan.weightsGiven, plan.weights, weights.data)},
      {DNNL_ARG_DST, result}};
  if (bias)
    arguments[DNNL_ARG_BIAS] = memory(plan.biasGiven, cpu, bias->data);
  ::run(plan.compute, arguments);
  getStream().wait();
  if (plan.dst != plan.dstGiven)
    reorderInto(result, dstGiven);
  dst.write();
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

namespace {
class Convolution : public OneDNNKernel {
public:
  explicit Convolution(ConvolutionSpec spec)
      : OneDNNKernel(spec.hasConstantWeights), spec(std::move(spec)) {}

private:
  void compute(ArrayRef<KernelBuffer> operands) final;
  Plan makePlan(ArrayRef<View> views) final;

  ConvolutionSpec spec;
};
} // namespace

void Convolution::compute(ArrayRef<KernelBuffer> operands) {
  View src = View::read(operands[0], spec.src);
  View weights = View::read(operands[1], spec.weights);
  std::optional<View> bias;
  if (spec.hasBias)
    bias = View::read(operands[2], {{0}});
  OneDNNKernel::compute(src, weights, bias ? &*bias : nullptr,
                        View(operands.back(), spec.dst));
}

Plan Convolution::makePlan(ArrayRef<View> views) {
  using tag = memory::format_tag;
  // Channels last, of each number of dimensions.
  constexpr tag last[] = {tag::nwc, tag::nhwc, tag::ndhwc};
  constexpr tag first[] = {tag::ncw, tag::nchw, tag::ncdhw};
  size_t spatial = views[0].sizes.size() - 2;
  tag channelsLast = last[spatial - 1];
  SmallVector<tag> tags = {channelsLast, first[spatial - 1]};
  auto any = [](const View &view) {
    return memory::desc(view.sizes, memory::data_type::f32, tag::any);
  };
  Plan plan;
  plan.srcGiven = describe(views[0], tags);
  plan.weightsGiven = describe(views[1], {});
  plan.dstGiven = describe(views[2], tags);
  memory::desc named(views[2].sizes, memory::data_type::f32, channelsLast);
  memory::desc namedSrc(views[0].sizes, memory::data_type::f32, channelsLast);
  bool isKept = plan.dstGiven == named && plan.srcGiven == namedSrc;
  memory::dims strides(spec.strides.begin(), spec.strides.end());
  memory::dims low(spec.padLow.begin(), spec.padLow.end());
  memory::dims high(spec.padHigh.begin(), spec.padHigh.end());
  memory::dims dilations;
  for (int64_t dilation : spec.dilations)
    dilations.push_back(dilation - 1);
  memory::desc src = isKept ? plan.srcGiven : any(views[0]);
  memory::desc dst = isKept ? plan.dstGiven : any(views[2]);
  if (spec.hasBias)
    plan.biasGiven =
        memory::desc(views[3].sizes, memory::data_type::f32, tag::a);
  using Forward = convolution_forward;
  Forward::desc description =
      spec.hasBias
          ? Forward::desc(prop_kind::forward_inference,
                          algorithm::convolution_direct, src, any(views[1]),
                          plan.biasGiven, dst, strides, dilations, low, high)
          : Forward::desc(prop_kind::forward_inference,
                          algorithm::convolution_direct, src, any(views[1]),
                          dst, strides, dilations, low, high);
  Forward::primitive_desc made(description, makeAttributes(), getEngine());
  plan.compute = Step::of(made);
  plan.src = made.src_desc();
  plan.weights = made.weights_desc();
  plan.dst = made.dst_desc();
  return plan;
}

std::unique_ptr<Kernel>
quantprep::execution::createKernel(ConvolutionSpec spec) {
  return std::make_unique<Convolution>(std::move(spec));
}

//===----------------------------------------------------------------------===//
// Matrix products
//===----------------------------------------------------------------------===//

namespace {
class Matmul : public OneDNNKernel {
public:
  explicit Matmul(MatmulSpec spec)
      : OneDNNKernel(spec.hasConstantRhs), spec(std::move(spec)) {}

private:
  void compute(ArrayRef<KernelBuffer> operands) final {
    OneDNNKernel::compute(View::read(operands[0], spec.lhs),
                          View::read(operands[1], spec.rhs), nullptr,
                          View(operands[2], spec.dst));
  }
  Plan makePlan(ArrayRef<View> views) final;

  MatmulSpec spec;
};
} // namespace

Plan Matmul::makePlan(ArrayRef<View> views) {
  using tag = memory::format_tag;
  SmallVector<tag> tags = {tag::abc, tag::acb};
  Plan plan;
  plan.srcGiven = describe(views[0], tags);
  plan.weightsGiven = describe(views[1], tags);
  plan.dstGiven = describe(views[2], tag::abc);
  memory::desc rhs = plan.weightsGiven;
  if (spec.hasConstantRhs)
    rhs = memory::desc(views[1].sizes, memory::data_type::f32, tag::any);
  matmul::primitive_desc made(matmul::desc(plan.srcGiven, rhs, plan.dstGiven),
                              makeAttributes(), getEngine());
  plan.compute = Step::of(made);
  plan.src = made.src_desc();
  plan.weights = made.weights_desc();
  plan.dst = made.dst_desc();
  return plan;
}

std::unique_ptr<Kernel> quantprep::execution::createKernel(MatmulSpec spec) {
  return std::make_unique<Matmul>(std::move(spec));
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

bool quantprep::execution::multiply(const IntegerGemm &gemm) {
  return dnnl_gemm_s8s8s32('N', 'N', 'R', gemm.rows, gemm.columns, gemm.inner,
                           /*alpha=*/1, gemm.lhs, gemm.stride, /*ao=*/0,
                           gemm.rhs, gemm.columns, /*bo=*/0, /*beta=*/0,
                           gemm.dst, gemm.columns,
                           gemm.offsets) == dnnl_success;
}
