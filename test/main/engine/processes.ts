/** Whether a process is there. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a process has gone; false where it has not within the time. */
export async function gone(pid: number, seconds: number): Promise<boolean> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
    if (!lives(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return !lives(pid);
}
