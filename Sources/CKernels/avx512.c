// Sixteen lanes with fused multiply-add.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                               \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma,bmi,bmi2"))),         \
    apply_to = function)
#pragma clang fp contract(on)

typedef float lanes __attribute__((ext_vector_type(16), aligned(4)));

// The processor's 14-bit estimates, refined by one step of Newton's method.
static inline __attribute__((always_inline)) lanes refined_root(lanes x) {
  const lanes y = (lanes)_mm512_rsqrt14_ps((__m512)x);
  return y * ((lanes)(1.5f) - (lanes)(0.5f) * x * y * y);
}

static inline __attribute__((always_inline)) lanes refined_reciprocal(lanes x) {
  const lanes y = (lanes)_mm512_rcp14_ps((__m512)x);
  return y * ((lanes)(2) - x * y);
}

#define RSQRT(x) refined_root(x)
#define RECIPROCAL(x) refined_reciprocal(x)
#define LANES 16
#define TABLE footlights_avx512
#include "kernels.inc"
#pragma clang attribute pop
#else
typedef int avx512_is_for_x86_64;
#endif
