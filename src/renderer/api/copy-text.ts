/**
 * Puts text on the clipboard. Hosts that grant no permissions still let a click copy what is selected.
 * @throws Error where the system refuses both ways.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copySelected(text);
  }
}

function copySelected(text: string): void {
  const focused = document.activeElement as HTMLElement | null;
  const field = Object.assign(document.createElement('textarea'), { value: text, ariaHidden: 'true' });
  field.style.cssText = 'position: fixed; opacity: 0';
  // Inside of a dialog the focus is held there.
  (focused?.closest('[role=dialog]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  focused?.focus();
  if (!copied) throw new Error('The text could not be copied. Select it and copy it by hand.');
}
