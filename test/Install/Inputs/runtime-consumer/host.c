#include "QuantPrep/Runtime/Runtime.h"

#include <stdio.h>

struct Vector {
  float *allocated, *aligned;
  int64_t offset, sizes[1], strides[1];
};

int main(void) {
  float values[3] = {-1, 5, 2};
  struct Vector vector = {values, values, 0, {3}, {1}};
  QPrepUnrankedMemRef buffer = {1, &vector};
  _mlir_ciface_qprep_observe_f32(4, &buffer);
  printf("observed\n");
  return 0;
}
