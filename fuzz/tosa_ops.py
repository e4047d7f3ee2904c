"""Random ops of tosa, and formulas of several ops, on a value of a model."""

from model_text import CHANNELS, IMAGE, SEQUENCE, count, tensor

ONE = tensor((1,))
WINDOW = "kernel = array<i64: 3, 3>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>"


class TosaOps:
    def tosa_any(self, x):
        makers = [self.tosa_relu, self.tosa_unary, self.tosa_binary, self.tosa_binary, self.tosa_reshape, self.tosa_slice, self.tosa_reduce,
                  self.tosa_transpose, self.tosa_concat, self.tosa_softmax, self.tosa_layer_norm, self.tosa_pad, self.tosa_select,
                  self.tosa_cast, self.tosa_negate]
        if len(x[1]) == 4:
            makers += 4 * [self.tosa_conv] + 2 * [self.tosa_pool] + [self.tosa_depthwise, self.tosa_transpose_conv]
        if len(x[1]) == 3 and None not in x[1]:
            # A weight has one batch, which does not fit an unknown one.
            makers += 5 * [self.tosa_linear] + [self.tosa_attention] if x[1][0] == 1 else []
        return self.random.choice(makers)(x)

    def zero(self, element="f32"):
        return self.shared(f'"tosa.const"() <{{values = dense<0{".0" if element == "f32" else ""}> : {tensor((1,), element)}}}> : () -> {tensor((1,), element)}')

    def shape(self, sizes):
        return self.hidden(f"tosa.const_shape {{values = dense<{list(sizes)}> : tensor<{len(sizes)}xindex>}} : () -> !tosa.shape<{len(sizes)}>")

    def tosa_convolution(self, name, x, weight_shape, channels, attributes, size):
        weight = self.pick(weight_shape) if self.chance(0.1) else None
        weight = weight[0] if weight else self.constant(weight_shape)
        bias, zero, out = self.constant((channels,)), self.zero(), (*x[1][:3], channels)
        pad = 0 if size == 1 or name == "transpose_conv2d" else 1
        padding = f"{'out_pad' if name == 'transpose_conv2d' else 'pad'} = array<i64: {pad}, {pad}, {pad}, {pad}>"
        types = ", ".join((tensor(x[1]), tensor(weight_shape), tensor((channels,)), ONE, ONE))
        return self.op(f"tosa.{name} {x[0]}, {weight}, {bias}, {zero}, {zero} {{acc_type = f32, {attributes}{padding}, "
                       f"stride = array<i64: 1, 1>}} : ({types}) -> {tensor(out)}", out)

    def tosa_conv(self, x):
        size = self.random.choice((1, 3))
        y = self.tosa_convolution("conv2d", x, (CHANNELS, size, size, x[1][3]), CHANNELS, "dilation = array<i64: 1, 1>, ", size)
        return self.tosa_relu(y) if self.chance(0.6) else y

    def tosa_depthwise(self, x):
        times = 1 if x[1][3] != 1 else CHANNELS
        return self.tosa_convolution("depthwise_conv2d", x, (3, 3, x[1][3], times), x[1][3] * times, "dilation = array<i64: 1, 1>, ", 3)

    def tosa_transpose_conv(self, x):
        return self.tosa_convolution("transpose_conv2d", x, (CHANNELS, 1, 1, x[1][3]), CHANNELS, "", 1)

    def tosa_relu(self, x):
        low, high = self.random.choice((("0.0", "3.40282347E+38"), ("0.0", "6.0"), ("-1.0", "1.0")))
        return self.op(f"tosa.clamp {x[0]} {{min_val = {low} : f32, max_val = {high} : f32}} : ({tensor(x[1])}) -> {tensor(x[1])}", x[1])

    def tosa_unary(self, x, name=None):
        name = name or self.random.choice(("sigmoid", "tanh", "exp", "abs", "floor", "ceil", "identity", "reciprocal", "log", "erf", "sin", "cos", "rsqrt"))
        return self.op(f"tosa.{name} {x[0]} : ({tensor(x[1])}) -> {tensor(x[1])}", x[1])

    def tosa_negate(self, x):
        zero = self.zero()
        return self.op(f"tosa.negate {x[0]}, {zero}, {zero} : ({tensor(x[1])}, {ONE}, {ONE}) -> {tensor(x[1])}", x[1])

    def tosa_binary(self, x, name=None, y=None):
        name = name or self.random.choice(("add", "add", "sub", "mul", "maximum", "minimum", "pow"))
        if not y and self.chance(0.2):
            shape = (1,) * len(x[1])
            y = (self.constant(shape), shape)
        y = y or self.pick(x[1])
        operand, type = "", ""
        if name == "mul":
            operand, type = ", " + self.zero("i8"), ", " + tensor((1,), "i8")
        return self.op(f"tosa.{name} {x[0]}, {y[0]}{operand} : ({tensor(x[1])}, {tensor(y[1])}{type}) -> {tensor(x[1])}", x[1])

    def tosa_select(self, x):
        y, bits = self.pick(x[1]), tensor(x[1], "i1")
        name = self.random.choice(("greater", "greater_equal", "equal"))
        which = self.hidden(f"tosa.{name} {x[0]}, {y[0]} : ({tensor(x[1])}, {tensor(x[1])}) -> {bits}")
        return self.op(f"tosa.select {which}, {x[0]}, {y[0]} : ({bits}, {tensor(x[1])}, {tensor(x[1])}) -> {tensor(x[1])}", x[1])

    def tosa_cast(self, x):
        """There and back: what is neither float nor quantized."""
        element = self.random.choice(("f16", "i32", "i8"))
        other = self.hidden(f"tosa.cast {x[0]} : ({tensor(x[1])}) -> {tensor(x[1], element)}")
        return self.op(f"tosa.cast {other} : ({tensor(x[1], element)}) -> {tensor(x[1])}", x[1])

    def tosa_concat(self, x):
        y = self.pick(x[1])
        shape = (*x[1][:-1], 2 * x[1][-1])
        both = self.op(f"tosa.concat {x[0]}, {y[0]} {{axis = {len(shape) - 1} : i32}} : ({tensor(x[1])}, {tensor(y[1])}) -> {tensor(shape)}", shape)
        return self.tosa_slice(both, x[1])

    def tosa_slice(self, x, shape=None):
        shape = shape or x[1]
        if None in shape:
            return self.tosa_unary(x)
        start, size, type = self.shape([0] * len(shape)), self.shape(shape), f"!tosa.shape<{len(shape)}>"
        return self.op(f"tosa.slice {x[0]}, {start}, {size} : ({tensor(x[1])}, {type}, {type}) -> {tensor(shape)}", shape)

    def tosa_pad(self, x):
        if None in x[1]:
            return self.tosa_relu(x)
        rank, shape = len(x[1]), (*x[1][:-1], x[1][-1] + 2)
        padding, value = self.shape((2 * rank - 2) * [0] + [1, 1]), self.zero()
        padded = self.op(f"tosa.pad {x[0]}, {padding}, {value} : ({tensor(x[1])}, !tosa.shape<{2 * rank}>, {ONE}) -> {tensor(shape)}", shape)
        return self.tosa_slice(padded, x[1])

    def tosa_reshape(self, x):
        if None in x[1]:
            return self.tosa_relu(x)
        elements = count(x[1])
        shape = self.random.choice([shape for shape in (IMAGE, SEQUENCE, (1, 16, CHANNELS), (elements,), (1, elements // CHANNELS, CHANNELS))
                                    if count(shape) == elements])
        sizes = self.shape(shape)
        return self.op(f"tosa.reshape {x[0]}, {sizes} : ({tensor(x[1])}, !tosa.shape<{len(shape)}>) -> {tensor(shape)}", shape)

    def tosa_transpose(self, x):
        order = list(range(len(x[1])))
        if len(order) > 2:
            order[-1], order[-2] = order[-2], order[-1]
        shape = tuple(x[1][i] for i in order)
        return self.op(f"tosa.transpose {x[0]} {{perms = array<i32: {', '.join(map(str, order))}>}} : ({tensor(x[1])}) -> {tensor(shape)}", shape)

    def tosa_pool(self, x):
        if self.chance(0.5):
            return self.op(f"tosa.max_pool2d {x[0]} {{{WINDOW}}} : ({tensor(x[1])}) -> {tensor(x[1])}", x[1])
        zero = self.zero()
        return self.op(f"tosa.avg_pool2d {x[0]}, {zero}, {zero} {{acc_type = f32, {WINDOW}}} : ({tensor(x[1])}, {ONE}, {ONE}) -> {tensor(x[1])}", x[1])

    def tosa_matmul(self, x, y):
        zero, out = self.zero(), (*x[1][:2], y[1][2])
        return self.op(f"tosa.matmul {x[0]}, {y[0]}, {zero}, {zero} : ({tensor(x[1])}, {tensor(y[1])}, {ONE}, {ONE}) -> {tensor(out)}", out)

    def tosa_linear(self, x):
        shape, bias = (1, x[1][2], CHANNELS), (1, 1, CHANNELS)
        y = self.tosa_matmul(x, (self.constant(shape), shape))
        return y if self.chance(0.3) else self.tosa_binary(y, "add", (self.constant(bias), bias))

    def tosa_attention(self, x):
        """Products of activations, with a softmax between."""
        return self.tosa_matmul(self.tosa_softmax(self.tosa_matmul(x, self.tosa_transpose(x))), x)

    def tosa_reduce(self, x, name=None):
        name = name or self.random.choice(("reduce_sum", "reduce_max", "reduce_min", "reduce_product"))
        shape = (*x[1][:-1], 1)
        return self.op(f"tosa.{name} {x[0]} {{axis = {len(shape) - 1} : i32}} : ({tensor(x[1])}) -> {tensor(shape)}", shape)

    def tosa_softmax(self, x):
        e = self.tosa_unary(self.tosa_binary(x, "sub", self.tosa_reduce(x, "reduce_max")), "exp")
        return self.tosa_binary(e, "mul", self.tosa_unary(self.tosa_reduce(e, "reduce_sum"), "reciprocal"))

    def tosa_layer_norm(self, x):
        one = (1,) * len(x[1])
        over, epsilon = (self.constant(one, value=1 / x[1][-1]), one), (self.constant(one, value="0.00001"), one)
        mean = lambda value: self.tosa_binary(self.tosa_reduce(value, "reduce_sum"), "mul", over)
        centred = self.tosa_binary(x, "sub", mean(x))
        variance = mean(self.tosa_binary(centred, "mul", centred))
        return self.tosa_binary(centred, "mul", self.tosa_unary(self.tosa_binary(variance, "add", epsilon), "rsqrt"))
