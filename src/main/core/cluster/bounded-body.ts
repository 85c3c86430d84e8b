/** Bodies of answers, read no further than they may be long: whoever answers at an address is not to be trusted with this machine's memory. */

/** @param most Bytes. @throws RangeError where it is longer. */
export async function boundedText(response: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    bytes += next.value.length;
    if (bytes > most) {
      await reader?.cancel();
      throw new RangeError(`an answer of more than ${Math.floor(most / 2 ** 20)} MB`);
    }
    parts.push(next.value);
  }
  return Buffer.concat(parts).toString('utf8');
}
