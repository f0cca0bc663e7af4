// Sixteen lanes without fused multiply-add.
#if defined(__x86_64__)
#pragma clang attribute push(                                                               \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,bmi,bmi2"))),             \
    apply_to = function)
#pragma clang fp contract(off)
#define LANES 16
#define TABLE footlights_avx512_reproducible
#include "kernels.inc"
#pragma clang attribute pop
#else
typedef int avx512_is_for_x86_64;
#endif
