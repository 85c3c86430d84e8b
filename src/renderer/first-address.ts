import type { Router } from 'vue-router';

/** An address that is called for while the first screen is still being fetched: the router does not listen yet, and would put its own in the place of it. */
export async function followEarlyAddress(router: Router): Promise<void> {
  let early: string | undefined;
  const note = () => (early = location.hash.slice(1));
  addEventListener('popstate', note);
  await router.isReady().finally(() => removeEventListener('popstate', note));
  if (early !== undefined) await router.replace(early);
}
