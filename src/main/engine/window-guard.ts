import { checked, ContractError } from '../../shared/contract/check.js';
import type { JobKind } from '../../shared/contract/kinds.js';
import { specOf } from '../../shared/contract/kinds.js';
import { type RequestName, requestNames, REQUESTS } from '../../shared/contract/requests.js';
import { UserError } from '../core/errors.js';
import type { Grants } from './grants.js';

/** Asked where the page itself has the dialog; where the system has one, windows have no business with other folders. */
const OF_CHOOSER: readonly RequestName[] = ['listFolder', 'makeFolder', 'choosePaths'];

/** Stands where requests of windows enter: a path in them must lead to what a person chose. */
export class WindowGuard {
  /** @param chooser Whether the dialog is in the page. */
  constructor(private readonly grants: Grants, private readonly chooser: boolean) {}

  /**
   * @throws UserError where the request names a path that was not chosen.
   * @throws ContractError where it does not fit.
   */
  async admit(name: RequestName, body: unknown): Promise<void> {
    if (!requestNames.includes(name)) throw new ContractError(`There is no request named ${String(name)}.`);
    if (OF_CHOOSER.includes(name)) return this.admitChooser();
    await this.grants.demand(...pathsOfRequest(name, body));
  }

  private admitChooser(): void {
    if (!this.chooser) throw new UserError('Folders are chosen in the dialog of the system here.');
  }
}

/** The paths that a request would make the engine read or write. */
export function pathsOfRequest(name: RequestName, body: unknown): readonly string[] {
  const read = checked(REQUESTS[name].body, body, name);
  if (name === 'startJob') return pathsOfJob(read as { kind: JobKind; parameters: unknown });
  const { paths } = REQUESTS[name] as { paths?(body: unknown): readonly string[] };
  return paths?.(read) ?? [];
}

function pathsOfJob({ kind, parameters }: { kind: JobKind; parameters: unknown }): readonly string[] {
  const spec = specOf(kind);
  return spec.paths(checked(spec.parameters, parameters, `parameters of ${kind}`));
}
