/** The first lines of a laboratory's run. */
import { LAB_SCHEMA_VERSION, type LabFile } from '../../../shared/labs/files.js';
import { versions } from '../training/versions.js';

/** What every new lab.json says. */
export function labHead(): Pick<LabFile, 'schemaVersion' | 'created' | 'versions' | 'state'> {
  return { schemaVersion: LAB_SCHEMA_VERSION, created: new Date().toISOString(), versions: versions(), state: 'training' };
}
