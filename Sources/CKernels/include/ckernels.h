#ifndef CKERNELS_H
#define CKERNELS_H

// The vector kernels behind the small networks of Footlights.
//
// Matrices are row-major floats. A layer's weights are stored [in][out] with the row length (the
// stride) padded to a multiple of 16, so that no kernel has a tail; padding holds zeros and every
// kernel keeps it at zero. One body (kernels.inc) is compiled for several instruction sets, each
// with and without fused multiply-add; a table of function pointers is chosen once at start.
//
// Every kernel vectorises over outputs and adds terms up in an order that depends on the shapes
// alone: a row's result does not depend on the rows computed beside it, and without fused
// multiply-add the results are the same bits on every instruction set.

#pragma clang assume_nonnull begin

// How many of a layer's inputs the backward pass takes at a time, at most.
enum { FOOTLIGHTS_BLOCK = 64 };

enum { FOOTLIGHTS_IDENTITY = 0, FOOTLIGHTS_TANH = 1, FOOTLIGHTS_RELU = 2 };

// One dense layer of a chain, with the buffers of one workspace.
typedef struct {
  long inputs;             // true width of the input
  long outputs;            // true width of the output
  long stride;             // padded width of the output, a multiple of 16
  long input_stride;       // floats from one input row to the next
  long weight;             // offset of the weights [inputs][stride] in the parameters
  long bias;               // offset of the bias [stride]
  int activation;          // of the output
  int input_activation;    // of the layer below (FOOTLIGHTS_IDENTITY for the first)
  int one_hot;             // 1: an input row is one float, the index of the input that is 1
  float *input;            // [rows][input_stride]
  float *output;           // [rows][stride], after the activation
  float *output_gradient;  // [rows][stride], of the loss by the output before its activation
  float *_Nullable input_gradient;  // [rows][input_stride], null where not asked for
  float *_Nullable transposed;      // scratch [outputs, padded to 4][FOOTLIGHTS_BLOCK]
} footlights_layer;

// The constants of one optimiser step. `scale` multiplies the gradient first.
typedef struct {
  float scale;
  float learning_rate;
  float decay;         // of the mean square (RMSProp's alpha, Adam's beta2)
  float momentum;      // of the mean (Adam's beta1)
  float epsilon;
  float correction1;   // Adam: 1 / (1 - beta1^t)
  float correction2;   // Adam: 1 / (1 - beta2^t)
} footlights_step;

// `count` and every offset are multiples of 16 in all functions.
typedef struct {
  void (*forward)(const footlights_layer *layers, long layer_count, const float *parameters,
                  long first_row, long rows);
  // Overwrites the gradient of every parameter of the layers.
  void (*backward)(const footlights_layer *layers, long layer_count, const float *parameters,
                   float *gradient, long first_row, long rows);
  // The gradients by the outputs of the layers below the last and, where the first layer has room for
  // it, by its input; and no parameter's.
  void (*backward_outputs)(const footlights_layer *layers, long layer_count,
                           const float *parameters, long first_row, long rows);
  double (*sum_of_squares)(const float *values, long count);
  void (*sgd)(const footlights_step *step, float *parameters, const float *gradient, long count);
  void (*rmsprop_inside)(const footlights_step *step, float *parameters, float *mean_square,
                         const float *gradient, long count);
  void (*rmsprop_outside)(const footlights_step *step, float *parameters, float *mean_square,
                          const float *gradient, long count);
  void (*adam)(const footlights_step *step, float *parameters, float *mean, float *mean_square,
               const float *gradient, long count);
  void (*hyperbolic_tangent)(const float *values, float *results, long count);
} footlights_kernels;

enum { FOOTLIGHTS_BASE = 0, FOOTLIGHTS_AVX2 = 1, FOOTLIGHTS_AVX512 = 2 };

// The kernels that every processor can run.
const footlights_kernels *footlights_base_kernels(int reproducible);

// The kernels of an instruction set, or null where this processor does not have it.
const footlights_kernels *_Nullable footlights_kernels_for(int instruction_set, int reproducible);

// Makes the calling thread treat denormal floats as zero.
void footlights_flush_to_zero(void);

// Ends that.
void footlights_keep_denormals(void);

// 1 if the calling thread treats denormal floats as zero.
int footlights_flushes_to_zero(void);

// Tells the processor to fetch the next 768 bytes, which will be written soon. Changes nothing; the
// memory may end before that. Always as many: without a loop.
static inline void footlights_fetch_for_writing(const void *memory) {
  const char *line = (const char *)memory;
  __builtin_prefetch(line, 1);
  __builtin_prefetch(line + 64, 1);
  __builtin_prefetch(line + 128, 1);
  __builtin_prefetch(line + 192, 1);
  __builtin_prefetch(line + 256, 1);
  __builtin_prefetch(line + 320, 1);
  __builtin_prefetch(line + 384, 1);
  __builtin_prefetch(line + 448, 1);
  __builtin_prefetch(line + 512, 1);
  __builtin_prefetch(line + 576, 1);
  __builtin_prefetch(line + 640, 1);
  __builtin_prefetch(line + 704, 1);
}

#pragma clang assume_nonnull end

#endif
