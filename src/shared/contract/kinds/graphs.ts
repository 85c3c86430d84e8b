import { z } from 'zod';

/** Parts that several kinds of graph jobs have in common. */

export const count = z.int().nonnegative();

/** null where not even the number of axes is known; a null size is any size. */
export const shape = z.array(z.number().nullable()).readonly().nullable();

/** A tensor as people read it. */
export const tensorText = z.object({ name: z.string(), type: z.string(), shape });

export const GRAPH_FORMATS = ['GraphDef', 'MetaGraphDef', 'SavedModel', 'LayersModel'] as const;

/** The command of TensorFlow's own converter for telephones, and the operations that it would refuse. */
export const liteAdvice = z.object({ command: z.string(), refused: z.array(z.string()) });
