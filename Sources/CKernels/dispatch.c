// Which kernels this processor can run, and the floating-point mode of a thread.
#include "ckernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <stdint.h>
#endif

extern const footlights_kernels footlights_base, footlights_base_reproducible;
#if defined(__x86_64__)
extern const footlights_kernels footlights_avx2, footlights_avx2_reproducible;
extern const footlights_kernels footlights_avx512, footlights_avx512_reproducible;
#endif

const footlights_kernels *footlights_base_kernels(int reproducible) {
  return reproducible ? &footlights_base_reproducible : &footlights_base;
}

const footlights_kernels *footlights_kernels_for(int instruction_set, int reproducible) {
  if (instruction_set == FOOTLIGHTS_BASE) return footlights_base_kernels(reproducible);
#if defined(__x86_64__)
  __builtin_cpu_init();
  const int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                   __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  if (instruction_set == FOOTLIGHTS_AVX2 && avx2)
    return reproducible ? &footlights_avx2_reproducible : &footlights_avx2;
  if (instruction_set == FOOTLIGHTS_AVX512 && avx2 && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq"))
    return reproducible ? &footlights_avx512_reproducible : &footlights_avx512;
#endif
  return 0;
}

void footlights_flush_to_zero(void) {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#elif defined(__aarch64__)
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | (UINT64_C(1) << 24)));
#endif
}

void footlights_keep_denormals(void) {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() & ~0x8040u);
#elif defined(__aarch64__)
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control & ~(UINT64_C(1) << 24)));
#endif
}

int footlights_flushes_to_zero(void) {
#if defined(__x86_64__)
  return (_mm_getcsr() & 0x8040) == 0x8040;
#elif defined(__aarch64__)
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  return (int)(control >> 24 & 1);
#else
  return 0;
#endif
}
