"""Random ops of linalg, tensor and arith on a value of a model."""

from model_text import CHANNELS, tensor


class LinalgOps:
    def linalg_any(self, x):
        makers = [self.linalg_generic, self.linalg_generic, self.linalg_binary, self.linalg_binary, self.linalg_unary, self.linalg_reshape,
                  self.linalg_transpose, self.linalg_reduce, self.linalg_softmax, self.arith_binary, self.tensor_slice, self.tensor_pad]
        if len(x[1]) == 4:
            makers += 3 * [self.linalg_conv] + [self.linalg_pool]
        if len(x[1]) == 3 and x[1][0] == 1:
            makers += 3 * [self.linalg_matmul]
        return self.random.choice(makers)(x)

    def index(self, value):
        return self.shared(f"arith.constant {value} : index")

    def scalar(self, value):
        return self.shared(f"arith.constant {value} : f32")

    def sizes(self, x, shape):
        """Operands for unknown dimensions of a shape: those of a value."""
        return ", ".join(self.hidden(f"tensor.dim {x[0]}, {self.index(i)} : {tensor(x[1])}") for i, size in enumerate(shape) if size is None)

    def empty(self, x, shape=None):
        """A tensor to write to, with the unknown dimensions of a value."""
        shape = shape or x[1]
        return self.hidden(f"tensor.empty({self.sizes(x, shape)}) : {tensor(shape)}")

    def filled(self, x, shape, value="0.0"):
        zero, init = self.scalar(value), self.empty(x, shape)
        return self.hidden(f"linalg.fill ins({zero} : f32) outs({init} : {tensor(shape)}) -> {tensor(shape)}")

    def linalg_generic(self, x):
        zero, out, rank, type = self.scalar("0.0"), self.empty(x), len(x[1]), tensor(x[1])
        body = self.random.choice((f"%y = arith.maximumf %in, {zero} : f32", "%y = math.exp %in : f32", "%y = math.tanh %in : f32",
                                   "%y = arith.negf %in : f32", "%y = arith.mulf %in, %in : f32",
                                   "%n = arith.negf %in : f32 %e = math.exp %n : f32 %y = arith.addf %e, %in : f32",
                                   f"%c = arith.cmpf ugt, %in, {zero} : f32 %y = arith.select %c, %in, {zero} : f32"))
        dims = ", ".join(f"d{i}" for i in range(rank))
        identity, parallel = f"affine_map<({dims}) -> ({dims})>", ", ".join(rank * ['"parallel"'])
        return self.op(f"linalg.generic {{indexing_maps = [{identity}, {identity}], iterator_types = [{parallel}]}} ins({x[0]} : {type}) "
                       f"outs({out} : {type}) {{ ^bb0(%in: f32, %out: f32): {body} linalg.yield %y : f32 }} -> {type}", x[1])

    def linalg_unary(self, x):
        out, type = self.empty(x), tensor(x[1])
        name = self.random.choice(("exp", "tanh", "abs", "negf", "floor", "erf", "square"))
        return self.op(f"linalg.{name} ins({x[0]} : {type}) outs({out} : {type}) -> {type}", x[1])

    def linalg_binary(self, x):
        y, out, type = self.pick(x[1]), self.empty(x), tensor(x[1])
        name = self.random.choice(("add", "sub", "mul", "max", "min"))
        return self.op(f"linalg.{name} ins({x[0]}, {y[0]} : {type}, {type}) outs({out} : {type}) -> {type}", x[1])

    def arith_binary(self, x):
        y = self.pick(x[1])
        return self.op(f"arith.{self.random.choice(('addf', 'mulf', 'maximumf'))} {x[0]}, {y[0]} : {tensor(x[1])}", x[1])

    def linalg_conv(self, x):
        out, weight_shape = (*x[1][:3], CHANNELS), (1, 1, x[1][3], CHANNELS)
        weight, init = self.constant(weight_shape), self.filled(x, out)
        return self.op(f"linalg.conv_2d_nhwc_hwcf ins({x[0]}, {weight} : {tensor(x[1])}, {tensor(weight_shape)}) outs({init} : {tensor(out)}) "
                       f"-> {tensor(out)}", out)

    def linalg_pool(self, x):
        window, init = self.hidden(f"tensor.empty() : {tensor((1, 1))}"), self.filled(x, x[1], "0xFF800000")
        return self.op(f"linalg.pooling_nhwc_max ins({x[0]}, {window} : {tensor(x[1])}, {tensor((1, 1))}) outs({init} : {tensor(x[1])}) -> {tensor(x[1])}", x[1])

    def linalg_matmul(self, x):
        shape, out = (1, x[1][2], CHANNELS), (*x[1][:2], CHANNELS)
        weight, init = self.constant(shape), self.filled(x, out)
        return self.op(f"linalg.batch_matmul ins({x[0]}, {weight} : {tensor(x[1])}, {tensor(shape)}) outs({init} : {tensor(out)}) -> {tensor(out)}", out)

    def linalg_transpose(self, x):
        order = list(range(len(x[1])))
        if len(order) > 2:
            order[-2:] = reversed(order[-2:])
        shape = tuple(x[1][i] for i in order)
        out = self.hidden(f"tensor.empty({self.sizes(x, x[1])}) : {tensor(shape)}")
        return self.op(f"linalg.transpose ins({x[0]} : {tensor(x[1])}) outs({out} : {tensor(shape)}) permutation = {order}", shape)

    def linalg_reduce(self, x):
        """Over the last dimension, and back to all of it."""
        if len(x[1]) < 2:
            return self.linalg_unary(x)
        shape, last = x[1][:-1], len(x[1]) - 1
        init, out = self.filled(x, shape), self.empty(x)
        name = self.random.choice(("addf", "maximumf"))
        y = self.op(f"linalg.reduce {{ arith.{name} }} ins({x[0]} : {tensor(x[1])}) outs({init} : {tensor(shape)}) dimensions = [{last}]", shape)
        return self.op(f"linalg.broadcast ins({y[0]} : {tensor(shape)}) outs({out} : {tensor(x[1])}) dimensions = [{last}]", x[1])

    def linalg_softmax(self, x):
        out, type = self.empty(x), tensor(x[1])
        self.lowers = False  # No pass of upstream takes it apart.
        return self.op(f"linalg.softmax dimension({len(x[1]) - 1}) ins({x[0]} : {type}) outs({out} : {type}) -> {type}", x[1])

    def linalg_reshape(self, x):
        if len(x[1]) != 4 or x[1][1:3] != (4, 4):
            return self.linalg_generic(x)
        shape = (x[1][0], 16, x[1][3])
        y = self.op(f"tensor.collapse_shape {x[0]} [[0], [1, 2], [3]] : {tensor(x[1])} into {tensor(shape)}", shape)
        if None in shape or self.chance(0.5):
            return y
        return self.op(f"tensor.expand_shape {y[0]} [[0], [1, 2], [3]] output_shape {list(x[1])} : {tensor(shape)} into {tensor(x[1])}", x[1])

    def tensor_slice(self, x):
        if None in x[1]:
            return self.linalg_unary(x)
        shape, rank = (*x[1][:-1], max(1, x[1][-1] // 2)), len(x[1])
        part = f"[{', '.join(rank * ['0'])}] [{', '.join(map(str, shape))}] [{', '.join(rank * ['1'])}]"
        y = self.op(f"tensor.extract_slice {x[0]}{part} : {tensor(x[1])} to {tensor(shape)}", shape)
        return self.op(f"tensor.insert_slice {y[0]} into {x[0]}{part} : {tensor(shape)} into {tensor(x[1])}", x[1])

    def tensor_pad(self, x):
        if None in x[1]:
            return self.linalg_unary(x)
        shape, zero, rank = (*x[1][:-1], x[1][-1] + 2), self.scalar("0.0"), len(x[1])
        around = ", ".join((rank - 1) * ["0"] + ["1"])
        indices = ", ".join(f"%i{i}: index" for i in range(rank))
        return self.op(f"tensor.pad {x[0]} low[{around}] high[{around}] {{ ^bb0({indices}): tensor.yield {zero} : f32 }} : "
                       f"{tensor(x[1])} to {tensor(shape)}", shape)
