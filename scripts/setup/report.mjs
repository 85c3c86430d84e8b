/** Where the set-up tells what it does: standard error, so that the output of what it starts stays clean. */

const secondsBetweenLines = 10;

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * A line that grows: rewritten in place on a terminal, repeated now and then elsewhere.
 * @param {string} what What is going on: `Downloading TensorFlow`.
 */
export function openProgress(what) {
  const terminal = process.stderr.isTTY;
  const started = Date.now();
  let spoken = 0;
  return {
    /** @param {string} state How far it is: `120 of 207 MB`. */
    update(state) {
      if (terminal) process.stderr.write(`\r\x1b[K  ${what}: ${state}`);
      else if (Date.now() - spoken >= secondsBetweenLines * 1000) {
        spoken = Date.now();
        say(`  ${what}: ${state}`);
      }
    },
    /** @param {string} [outcome] */
    end(outcome = 'done') {
      const seconds = Math.round((Date.now() - started) / 1000);
      say(`${terminal ? '\r\x1b[K' : ''}  ${what}: ${outcome} (${seconds} s)`);
    },
  };
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
