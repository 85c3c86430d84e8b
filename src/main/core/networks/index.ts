/** The networks' door. */
export {
  buildColorizer,
  type ArchitectureName,
  type ColorizerGraph,
  type ColorizerOptions,
  type ColorizerSignature,
  type TargetEncoding,
} from './colorizer.js';
