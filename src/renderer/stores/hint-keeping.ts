import { defineStore } from 'pinia';
import { ref, shallowReactive, watch } from 'vue';
import type { Hint } from '../../shared/colour/hints.js';
import { door } from '../api/door.js';
import { randomName } from '../api/random-name.js';
import { messageOf } from '../api/request-error.js';
import { useConnection } from './connection.js';
import { UnkeptHints, type UnkeptEntry } from './unkept-hints.js';

/** What the engine could not keep is told again after this time. */
const AGAIN_MS = 3_000;

/**
 * Colour hints on their way to the engine. What is given here belongs to its photograph, whatever is on the screen by the time it
 * is told, and is told until the engine has it; a later change of the same photograph takes its place.
 */
export const useHintKeeping = defineStore('hint-keeping', () => {
  const connection = useConnection();
  const written = new UnkeptHints(localStorage, navigator.locks, randomName(16));
  /** By content id. */
  const unkept = shallowReactive(new Map<string, UnkeptEntry>());
  /** Why hints are not kept yet. */
  const failure = ref<string>();
  /** By content id: one request at a time, so that none overtakes a later one. */
  const underWay = new Map<string, Promise<void>>();
  let lastGiven = 0;
  let again: ReturnType<typeof setTimeout> | undefined;

  watch(() => [connection.link, connection.engine.generation], () => connection.link === 'open' && tellAll());

  /** Keeps hints for a photograph instead of those it had. @param content Its content id. @param bytes Size of its file. */
  function keep(content: string, bytes: number, hints: readonly Hint[]): void {
    // Later than what this page gave before, though the clock be put back.
    lastGiven = Math.max(Date.now(), lastGiven + 1);
    put(new Map([[content, { bytes, hints: [...hints], at: lastGiven }]]));
  }

  /** Hints of a photograph: what was given last, kept by now or not. @throws RequestError where they cannot be read. */
  async function hintsOf(content: string): Promise<readonly Hint[]> {
    await takeOver();
    return unkept.get(content)?.hints ?? (await door.request('readHints', { content })).hints;
  }

  /** Resolves when the engine has all that was given, meanwhile too. @throws Error where it could not be told. */
  async function settled(): Promise<void> {
    await takeOver();
    tellAll();
    while (underWay.size) await Promise.all(underWay.values());
    if (unkept.size) throw new Error(`Colour hints are not kept yet: ${failure.value} Try again when they are.`);
  }

  /** @returns Whether a page that comes after this one would find them. */
  function put(entries: ReadonlyMap<string, UnkeptEntry>): boolean {
    entries.forEach((entry, content) => unkept.set(content, entry));
    const isWritten = written.write(unkept);
    tellAll();
    return isWritten;
  }

  /** Pages that are gone may have left some, earlier or later ones than this page has. */
  function takeOver(): Promise<void> {
    return written.takeOver((left) => put(new Map([...left].filter(([content, { at }]) => at > (unkept.get(content)?.at ?? -Infinity)))));
  }

  function tellAll(): void {
    clearTimeout(again);
    for (const content of unkept.keys()) if (!underWay.has(content)) begin(content);
  }

  function begin(content: string): void {
    underWay.set(content, tell(content).then((isDone) => {
      underWay.delete(content);
      // What was given since the last look.
      if (isDone && unkept.has(content)) begin(content);
    }));
  }

  /** @returns Whether the engine has had all of it. */
  async function tell(content: string): Promise<boolean> {
    for (let entry = unkept.get(content); entry; entry = unkept.get(content)) {
      if (!written.isOutdated(content, entry)) {
        try {
          await door.request('keepHints', { content, bytes: entry.bytes, hints: entry.hints });
        } catch (error) {
          failure.value = messageOf(error);
          clearTimeout(again);
          again = setTimeout(tellAll, AGAIN_MS);
          return false;
        }
        written.keptNow(content, entry.at);
      }
      if (unkept.get(content) !== entry) continue;
      unkept.delete(content);
      written.write(unkept);
    }
    if (!unkept.size) failure.value = undefined;
    return true;
  }

  return { keep, hintsOf, settled, unkept, failure };
});
