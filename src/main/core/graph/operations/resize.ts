/** Enlarging pictures by a whole factor. */
import { attribute, type Attributes } from '../attribute.js';
import type { Tensor } from '../graph.js';
import { defineOperation, gradientOfOne, type InferenceRequest, type OutputSpec } from '../operation.js';
import { isStatic, type Shape } from '../shape.js';
import { intVector, knownVector, shapeOf, slice } from './array.js';

function resized({ inputs: [x, size], fail }: InferenceRequest): OutputSpec[] {
  if (x.shape.length !== 4) fail(`it reads [batch, height, width, channels], not ${x.toString()}`);
  const [height, width] = knownVector(size);
  return [{ dtype: 'float32', shape: [x.shape[0], height, width, x.shape[3]] }];
}

/** Pixels are squares, not points: the convention of every current image library. */
function resizeAttributes(): Attributes {
  return { T: attribute.type('float32'), align_corners: attribute.bool(false), half_pixel_centers: attribute.bool(true) };
}

defineOperation('ResizeNearestNeighbor', {
  infer: resized,
  gradient: gradientOfOne((flow, node) => [
    flow.graph.add('ResizeNearestNeighborGrad', { inputs: [flow, spatialSize(node.inputs[0])], attributes: resizeAttributes() }).output,
    null,
  ]),
});
defineOperation('ResizeNearestNeighborGrad', { infer: resized });
defineOperation('ResizeBilinear', {
  infer: resized,
  gradient: gradientOfOne((flow, node) => [
    flow.graph.add('ResizeBilinearGrad', { inputs: [flow, node.inputs[0]], attributes: resizeAttributes() }).output,
    null,
  ]),
});
defineOperation('ResizeBilinearGrad', { infer: ({ inputs: [, original] }) => [{ dtype: 'float32', shape: original.shape }] });

/** Height and width as an int32 vector. */
function spatialSize(x: Tensor): Tensor {
  const sizes = x.shape.slice(1, 3);
  return isStatic(sizes) ? intVector(x.graph, sizes, 'size') : slice(shapeOf(x), [1], [2]);
}

/** A picture `factor` times as high and wide. x float32 [batch, height, width, channels]. */
export function enlarge(x: Tensor, factor: number, method: 'nearest' | 'bilinear' = 'nearest', name = 'enlarged'): Tensor {
  const sizes: Shape = x.shape.slice(1, 3);
  const size = isStatic(sizes)
    ? intVector(x.graph, sizes.map((side) => side * factor), 'size')
    : x.graph.add('Mul', {
        inputs: [spatialSize(x), intVector(x.graph, [factor, factor])],
        attributes: { T: attribute.type('int32') },
      }).output;
  const operation = method === 'nearest' ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  return x.graph.add(operation, { name, inputs: [x, size], attributes: resizeAttributes() }).output;
}
