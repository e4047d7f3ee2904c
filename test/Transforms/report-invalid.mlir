// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-report=output=%t.json

func.func @before_sharing(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{has a spec but no observer yet; run qprep-share-observers before qprep-report}}
  %0 = qprep.observe %x as <placeholder, f16> : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @before_decisions(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{has a qprep.unit but no decision in a qprep.plan, so there is nothing to report; run qprep-prepare first}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @stale_annotations(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{is a qprep.member of no unit}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-warning @below {{has not been prepared, so that the report is empty; run qprep-prepare first}}
module {
  func.func @never_prepared(%x: tensor<4xf32>) -> tensor<4xf32> {
    %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

// -----

// There is nothing to prepare.
func.func @nothing_to_report(%x: tensor<4xi32>) -> tensor<4xi32> {
  %0 = tosa.abs %x : (tensor<4xi32>) -> tensor<4xi32>
  return %0 : tensor<4xi32>
}
