/** The networks' door. */
export {
  buildColorizer,
  inputGeometry,
  type ArchitectureName,
  type ColorizerGraph,
  type ColorizerOptions,
  type ColorizerSignature,
  type TargetEncoding,
} from './colorizer.js';
