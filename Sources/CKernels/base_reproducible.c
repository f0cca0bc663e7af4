// Four lanes without fused multiply-add.
#pragma clang fp contract(off)
#define LANES 4
#define TABLE footlights_base_reproducible
#include "kernels.inc"
