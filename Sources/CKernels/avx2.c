// Eight lanes with fused multiply-add.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#pragma clang fp contract(on)

typedef float lanes __attribute__((ext_vector_type(8), aligned(4)));

// The processor's 12-bit estimate, refined by one step of Newton's method.
static inline __attribute__((always_inline)) lanes refined_root(lanes x) {
  const lanes y = (lanes)_mm256_rsqrt_ps((__m256)x);
  return y * ((lanes)(1.5f) - (lanes)(0.5f) * x * y * y);
}

#define RSQRT(x) refined_root(x)
#define LANES 8
#define TABLE footlights_avx2
#include "kernels.inc"
#pragma clang attribute pop
#else
typedef int avx2_is_for_x86_64;
#endif
