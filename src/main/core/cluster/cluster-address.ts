/** Addresses that a person types for a cluster: of its head, and of places that its machines see. Nothing secret may stand in them, since they are written down. */
import { UserError } from '../errors.js';

/** @throws UserError when it is none, or holds what would be written down with the run, or would not be sent. */
export function clusterAddress(text: string): URL {
  const whole = text.endsWith('/') ? text : `${text}/`;
  if (!URL.canParse(whole) || !/^https?:\/\//i.test(whole)) throw new UserError(`${withoutQuery(text)} is no address of a cluster. Give that of the head's dashboard, such as http://10.0.0.1:8265.`);
  const url = new URL(whole);
  if (url.username !== '' || url.password !== '') throw new UserError('The address holds a name or a password, and would be written down with the run. Give them as a header.', { option: '--header' });
  if (url.search !== '' || url.hash !== '') throw new UserError('The address goes on after its path with ? or #, which is not sent and would be written down with the run. Leave that away; what a proxy wants to know belongs in a header.', { option: '--header' });
  return url;
}

function withoutQuery(text: string): string {
  return text.replace(/[?#].*$/s, '');
}

/** @throws UserError when a place that machines see has a name or a password in it: it would be written down with the run. */
export function demandPlain(place: string | undefined, option: string): void {
  if (place === undefined || !isRemote(place)) return;
  if (/^[^/]*:\/\/[^/?]*@/.test(place)) throw new UserError('The place holds a name or a password, and would be written down with the run. Give the cluster\'s machines their credentials instead.', { option });
}

/** Whether a folder lies where only a cluster sees it. */
export function isRemote(folder: string): boolean {
  return folder.includes('://');
}

/** A place below another; what follows a question mark in an address, such as another endpoint, stays behind it. */
export function placeBelow(root: string, name: string): string {
  const [path, query] = isRemote(root) ? splitAt(root, root.indexOf('?')) : [root, ''];
  return `${path.replace(/\/+$/, '')}/${name}${query}`;
}

function splitAt(text: string, index: number): [string, string] {
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index)];
}
