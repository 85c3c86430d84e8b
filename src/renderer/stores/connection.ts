import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Reply } from '../../shared/contract/requests.js';
import type { EngineState } from '../../shared/contract/wire.js';
import { door } from '../api/door.js';
import type { Link } from '../api/window-door.js';

const STATUS_EVERY_MS = 3_000;

/** Whether host and engine are there, and what the engine takes of the machine. */
export const useConnection = defineStore('connection', () => {
  const link = ref<Link>('connecting');
  const engine = ref<EngineState>({ state: 'running', generation: 0 });
  const status = ref<Reply<'engineStatus'>>();
  /** What happened to an engine that was started again, until it has been read. */
  const news = ref<string>();
  let heard = false;

  door.watchLink((now) => (link.value = now));
  door.watchEngine((state) => {
    // A page that opens later need not hear of an engine that came back before it was there.
    const isNew = heard && state.generation !== engine.value.generation;
    if (isNew || state.state === 'failed') news.value = state.message;
    [engine.value, heard] = [state, true];
  });

  async function look(): Promise<void> {
    if (link.value !== 'open' || document.hidden) return;
    status.value = await door.request('engineStatus', {}).catch(() => undefined);
  }
  setInterval(() => void look(), STATUS_EVERY_MS);
  door.watchLink((now) => now === 'open' && void look());

  async function restartEngine(): Promise<void> {
    await door.request('restartEngine', {});
    news.value = undefined;
  }

  return { link, engine, status, news, restartEngine };
});
