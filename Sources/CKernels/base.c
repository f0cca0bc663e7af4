// Four lanes: SSE2 on x86-64, NEON on aarch64.
#pragma clang fp contract(on)
#define LANES 4
#define TABLE footlights_base
#include "kernels.inc"
