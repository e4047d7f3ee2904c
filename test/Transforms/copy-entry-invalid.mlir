// On-device preparation that cannot be.

// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-prepare="placement=value on-device=true reset-functions=true entry=main"

// expected-error @below {{is copied to @observe_main for on-device preparation (T16), but the name is taken; rename that symbol}}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
// expected-note @below {{the symbol is here}}
func.func private @observe_main()

// -----

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{cannot be inlined for on-device preparation, since the function calls itself (T16); leave on-device out}}
  %0 = call @main(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error @below {{gets a function @reset_observers_main that resets its observers (T15), but the name is taken; rename that symbol}}
func.func @main(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %c : tensor<1x4x4x3xf32>
}
// expected-note @below {{the symbol is here}}
func.func private @reset_observers_main()

// -----

// 10^8 calls of the last one.
// expected-error @below {{has more than 10000000 ops with all calls inlined, which on-device preparation wants (T16); leave it out}}
func.func @main() {
  call @a() : () -> () call @a() : () -> () call @a() : () -> () call @a() : () -> () call @a() : () -> ()
  call @a() : () -> () call @a() : () -> () call @a() : () -> () call @a() : () -> () call @a() : () -> ()
  return
}
func.func private @a() {
  call @b() : () -> () call @b() : () -> () call @b() : () -> () call @b() : () -> () call @b() : () -> ()
  call @b() : () -> () call @b() : () -> () call @b() : () -> () call @b() : () -> () call @b() : () -> ()
  return
}
func.func private @b() {
  call @c() : () -> () call @c() : () -> () call @c() : () -> () call @c() : () -> () call @c() : () -> ()
  call @c() : () -> () call @c() : () -> () call @c() : () -> () call @c() : () -> () call @c() : () -> ()
  return
}
func.func private @c() {
  call @d() : () -> () call @d() : () -> () call @d() : () -> () call @d() : () -> () call @d() : () -> ()
  call @d() : () -> () call @d() : () -> () call @d() : () -> () call @d() : () -> () call @d() : () -> ()
  return
}
func.func private @d() {
  call @e() : () -> () call @e() : () -> () call @e() : () -> () call @e() : () -> () call @e() : () -> ()
  call @e() : () -> () call @e() : () -> () call @e() : () -> () call @e() : () -> () call @e() : () -> ()
  return
}
func.func private @e() {
  call @f() : () -> () call @f() : () -> () call @f() : () -> () call @f() : () -> () call @f() : () -> ()
  call @f() : () -> () call @f() : () -> () call @f() : () -> () call @f() : () -> () call @f() : () -> ()
  return
}
func.func private @f() {
  call @g() : () -> () call @g() : () -> () call @g() : () -> () call @g() : () -> () call @g() : () -> ()
  call @g() : () -> () call @g() : () -> () call @g() : () -> () call @g() : () -> () call @g() : () -> ()
  return
}
func.func private @g() {
  call @last() : () -> () call @last() : () -> () call @last() : () -> () call @last() : () -> () call @last() : () -> ()
  call @last() : () -> () call @last() : () -> () call @last() : () -> () call @last() : () -> () call @last() : () -> ()
  return
}
func.func private @last() {
  return
}

// -----

// A task is started, not called.
async.func private @t16_task(%x: tensor<4xf32>) -> !async.value<tensor<4xf32>> {
  return %x : tensor<4xf32>
}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{cannot be inlined, which on-device preparation wants (T16); leave it out}}
  %0 = async.call @t16_task(%x) : (tensor<4xf32>) -> !async.value<tensor<4xf32>>
  %1 = async.await %0 : !async.value<tensor<4xf32>>
  return %1 : tensor<4xf32>
}
