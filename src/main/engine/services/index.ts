import type { ServiceSpec } from './service.js';
import { thumbnailsHandlers, thumbnailsSpec } from './thumbnails.js';

/** Every service: its calls, and how its process comes by what answers them. */
export const SERVICES = {
  thumbnails: { spec: thumbnailsSpec, handlers: thumbnailsHandlers },
} as const satisfies Record<string, { spec: ServiceSpec; handlers: () => Promise<object> }>;

export type ServiceName = keyof typeof SERVICES;
export type SpecOf<S extends ServiceName> = (typeof SERVICES)[S]['spec'];
