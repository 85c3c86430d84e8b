/** F6 walks the parts of the window, as in desktop programs. */

/** Where a part begins, marked in the page by this attribute. */
const REGIONS = '[data-region]';
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/** Listens for F6, and for Shift+F6, which goes back. */
export function onRegionKey(event: KeyboardEvent): void {
  if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  moveThroughRegions(event.shiftKey);
}

function moveThroughRegions(backwards: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(isShown);
  if (!regions.length) return;
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const step = backwards ? -1 : 1;
  const next = now < 0 ? (backwards ? regions.length - 1 : 0) : (now + step + regions.length) % regions.length;
  enterRegion(regions[next]);
}

/** The main area, past menus and screens: the area itself, since what stands first in it may go while it fills. */
export function enterMain(): void {
  const main = document.querySelector<HTMLElement>('main');
  if (main) focusItself(main);
}

function enterRegion(region: HTMLElement): void {
  const first = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isShown);
  if (first) first.focus();
  else focusItself(region);
}

function focusItself(region: HTMLElement): void {
  region.tabIndex = -1;
  region.focus();
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility();
}
