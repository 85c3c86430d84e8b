/** The networks' door. */
export {
  buildColorizer,
  buildSharedColorizer,
  inputGeometry,
  type ArchitectureName,
  type ColorizerGraph,
  type ColorizerOptions,
  type ColorizerSignature,
  type SharedColorizerGraph,
  type TargetEncoding,
} from './colorizer.js';
