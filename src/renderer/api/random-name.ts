/** A name that nothing else has. @param bytes Of chance; two hexadecimal digits each. */
export function randomName(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
