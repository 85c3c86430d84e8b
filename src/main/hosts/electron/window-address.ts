/** The window's own address. A scheme of its own gives it an origin that nothing on the network and no file can have. */
export const SCHEME = 'chromabench';
export const ORIGIN = `${SCHEME}://window`;
export const WINDOW_URL = `${ORIGIN}/`;

/** Whether an address is a page of the window, not only one that looks like it. */
export function isOurs(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url);
    return protocol === `${SCHEME}:` && host === 'window' && username === '' && password === '';
  } catch {
    return false;
  }
}
