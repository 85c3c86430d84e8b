import { colorizerHandlers, colorizerSpec } from './colorizer.js';
import { graphsHandlers, graphsSpec } from './graphs.js';
import type { ServiceSpec } from './service.js';
import { thumbnailsHandlers, thumbnailsSpec } from './thumbnails.js';

interface ServiceEntry {
  /** Its calls. */
  spec: ServiceSpec;
  /** How its process comes by what answers them. */
  handlers: () => Promise<object>;
  /** Milliseconds without a call after which it gives its memory back. */
  restAfter: number;
}

/** Every service. */
export const SERVICES = {
  thumbnails: { spec: thumbnailsSpec, handlers: thumbnailsHandlers, restAfter: 60_000 },
  // Somebody looks at a photograph for minutes and then moves the temperature.
  colorizer: { spec: colorizerSpec, handlers: colorizerHandlers, restAfter: 600_000 },
  // A large graph takes seconds to read.
  graphs: { spec: graphsSpec, handlers: graphsHandlers, restAfter: 300_000 },
} as const satisfies Record<string, ServiceEntry>;

export type ServiceName = keyof typeof SERVICES;
export type SpecOf<S extends ServiceName> = (typeof SERVICES)[S]['spec'];
