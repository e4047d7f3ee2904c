// What observations and resets tell passes of their effects: on the state of their
// observer, so that those of different observers are independent; without one on that
// of any. On a buffer they read it, too.
//
// RUN: mlir-opt %s --load-dialect-plugin=%quantprep_plugin -test-side-effects -verify-diagnostics -o /dev/null

qprep.observer private @o {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

func.func @on_tensors(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-remark @+2 {{found an instance of 'read' on a symbol '@o', on resource 'ObserverState'}}
  // expected-remark @+1 {{found an instance of 'write' on a symbol '@o', on resource 'ObserverState'}}
  %0 = qprep.observe %x by @o : tensor<4xf32>
  // expected-remark @+2 {{found an instance of 'read' on resource 'ObserverState'}}
  // expected-remark @+1 {{found an instance of 'write' on resource 'ObserverState'}}
  %1 = qprep.observe %0 as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
  // expected-remark @+2 {{found an instance of 'read' on a symbol '@o', on resource 'ObserverState'}}
  // expected-remark @+1 {{found an instance of 'write' on a symbol '@o', on resource 'ObserverState'}}
  %2 = qprep.fake_quantize %1 by @o : tensor<4xf32>
  // expected-remark @below {{found an instance of 'write' on a symbol '@o', on resource 'ObserverState'}}
  qprep.reset_observer @o
  return %2 : tensor<4xf32>
}

func.func @on_a_buffer(%x: memref<4xf32>) {
  // expected-remark @+3 {{found an instance of 'read' on a symbol '@o', on resource 'ObserverState'}}
  // expected-remark @+2 {{found an instance of 'write' on a symbol '@o', on resource 'ObserverState'}}
  // expected-remark @+1 {{found an instance of 'read' on op operand 0, on resource '<Default>'}}
  qprep.observe %x by @o : memref<4xf32>
  return
}
