// Eight lanes without fused multiply-add.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#pragma clang fp contract(off)
#define LANES 8
#define TABLE footlights_avx2_reproducible
#include "kernels.inc"
#pragma clang attribute pop
#else
typedef int avx2_is_for_x86_64;
#endif
