/** User and group that own nothing, on every Unix. */
const NOBODY = 65534;

/** Runs `work` as an account whom file permissions bind: root, who may read everything, steps down meanwhile. */
export async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
