/**
 * Proves that shared libraries load, with all that they need. Usage: node libraries-probe.cjs PATH... Run in a process of its own.
 * Node says of a library that loads only that it is no addon; of any other, what is missing.
 */
const faults = process.argv.slice(2).flatMap((path) => {
  try {
    process.dlopen({ exports: {} }, path);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return /did not self-register/.test(message) ? [] : [message];
  }
  return [];
});
if (faults.length > 0) throw new Error(faults.join('; '));
