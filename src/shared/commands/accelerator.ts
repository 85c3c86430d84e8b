/** Accelerators as people read them and as a page meets them. */

/** What is looked at in a key event of a page. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** `CmdOrCtrl+Shift+P` as `Ctrl+Shift+P`, or with Apple's signs as `⇧⌘P`. */
export function acceleratorText(accelerator: string, isMac: boolean): string {
  const parts = accelerator.split('+');
  if (!isMac) return parts.map((part) => (part === 'CmdOrCtrl' ? 'Ctrl' : part)).join('+');
  const signs: Record<string, string> = { CmdOrCtrl: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩' };
  const order = ['Alt', 'Shift', 'CmdOrCtrl'];
  const modifiers = order.filter((name) => parts.includes(name));
  return [...modifiers, ...parts.filter((part) => !order.includes(part))].map((part) => signs[part] ?? part).join('');
}

/** Whether a key press is an accelerator's. */
export function isPressed(accelerator: string, press: KeyPress, isMac: boolean): boolean {
  const parts = accelerator.split('+');
  const key = parts[parts.length - 1];
  const wanted = parts.includes('CmdOrCtrl');
  // Some keyboards need Shift to write a sign at all.
  const isSign = !/^\w+$/.test(key);
  return (
    press.ctrlKey === (wanted && !isMac) &&
    press.metaKey === (wanted && isMac) &&
    (isSign || parts.includes('Shift') === press.shiftKey) &&
    parts.includes('Alt') === press.altKey &&
    press.key.toLowerCase() === key.toLowerCase()
  );
}
