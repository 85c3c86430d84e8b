import { ElMessage } from 'element-plus';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { counted } from '../../shared/words/words.js';
import { door } from '../api/door.js';
import { droppedItems, type DroppedItem } from '../api/dropped-items.js';
import { randomName } from '../api/random-name.js';
import { messageOf } from '../api/request-error.js';
import { namedLikePicture } from '../../shared/picture-names.js';
import type { ChoiceKind } from '../../shared/contract/choice.js';
import { useChoosing } from './choosing.js';
import { useSettings } from './settings.js';

/** A browser hands the bytes of so many pictures of a folder over; of larger ones the place is asked for. */
const MOST_IN_FOLDER = 200;
const MOST_LOOSE = 1000;
/** Files on their way at a time. */
const ABREAST = 3;

const NOT_HERE = 'Drop a folder here to look at its photographs. Single photographs can be dropped on Colorize.';

const SETTINGS_FILE = /\.json$/i;
/** No file of settings is longer. */
const MOST_SETTINGS_BYTES = 2 ** 20;

/** What a screen does with what is dropped. */
export interface DropPlan {
  /** What a drop would do, for the person who holds the files over the window. */
  words: string;
  /** Whether a file of that name is for it. */
  accepts(name: string): boolean;
  /** What is asked for where a browser does not say where a folder lies. */
  kind: ChoiceKind;
}

interface Taker extends DropPlan {
  take(paths: string[]): void;
}

const OF_PHOTOGRAPHS: DropPlan = { words: 'Colorize these photographs', accepts: namedLikePicture, kind: 'photographs' };

/** Files and folders dropped on the window, whatever screen is shown; the screen that asked last gets them. */
export const useDrops = defineStore('drops', () => {
  const [choosing, settings] = [useChoosing(), useSettings()];
  const takers = shallowRef<readonly Taker[]>([]);
  /** Something is held over the window. */
  const over = ref(false);
  /** Files that are being handed over. */
  const copying = ref<{ done: number; total: number }>();
  /** Takes the text of a file of settings. */
  const settingsTaker = shallowRef<(text: string, name: string) => void>();
  const words = computed(() => takers.value.at(-1)?.words ?? (settingsTaker.value ? 'Take these settings, or open this folder of photographs' : 'Open this folder of photographs'));
  let openFolder = (_path: string): void => {};
  let stopped = new AbortController();

  /**
   * Gives what is dropped to a screen for as long as it asks: paths of files and folders that the engine takes.
   * @returns A function that ends it.
   */
  function onPaths(take: (paths: string[]) => void, plan = OF_PHOTOGRAPHS): () => void {
    const taker = { take, ...plan };
    takers.value = [...takers.value, taker];
    return () => void (takers.value = takers.value.filter((other) => other !== taker));
  }

  /**
   * Gives files of settings that are dropped to a screen for as long as it asks. Their text is read here, whatever the host: they need no place.
   * @returns A function that ends it.
   */
  function onSettings(take: (text: string, name: string) => void): () => void {
    settingsTaker.value = take;
    return () => settingsTaker.value === take && (settingsTaker.value = undefined);
  }

  async function takeSettings(file: File): Promise<void> {
    try {
      if (file.size > MOST_SETTINGS_BYTES) throw new Error(`${file.name} is too large for a file of settings.`);
      settingsTaker.value?.(await file.text(), file.name);
    } catch (error) {
      complain(messageOf(error));
    }
  }

  /** Where no screen asks, a folder is opened. @param open What opens it. */
  function otherwise(open: (path: string) => void): void {
    openFolder = open;
  }

  function deliver(paths: string[]): void {
    const taker = takers.value.at(-1);
    if (taker) return taker.take(paths);
    const folder = paths.find((path) => !namedLikePicture(path));
    if (folder === undefined) return complain(NOT_HERE);
    openFolder(folder);
  }

  /** The browser's drop. Must be called while it is told. */
  async function drop(transfer: DataTransfer): Promise<void> {
    over.value = false;
    const settingsFile = settingsTaker.value && [...transfer.files].find(({ name }) => SETTINGS_FILE.test(name));
    if (settingsFile) return takeSettings(settingsFile);
    // Where the host learns the places, it tells them itself.
    if (door.watchDrops) return;
    const taker = takers.value.at(-1);
    const hasTaker = taker !== undefined;
    const items = await droppedItems(transfer, hasTaker ? MOST_LOOSE : 1, taker?.accepts);
    const [folder] = items.folders;
    if (folder !== undefined && (!hasTaker || items.files.length > MOST_IN_FOLDER || items.tooMany)) return askWhere(folder);
    if (items.tooMany && hasTaker) return complain(`More than ${counted(MOST_LOOSE, 'picture')} cannot be dropped at a time. Choose their folder instead.`);
    if (!items.files.length) return complain(taker === undefined || taker.kind === 'photographs' ? 'There is no picture in what was dropped.' : 'There is nothing in what was dropped that this screen can open.');
    if (!hasTaker) return complain(NOT_HERE);
    await handOver(items.files);
  }

  /** A browser does not say where a folder lies: the person shows it once more. */
  async function askWhere(name: string): Promise<void> {
    const known = settings.recentFolders.find((path) => path.split(/[/\\]/).at(-1) === name);
    const chosen = await choosing.pick({
      kind: takers.value.at(-1)?.kind ?? 'folder', title: `Where does “${name}” lie?`, action: 'Open', start: known,
      why: `A browser does not tell a page where a dropped folder lies. Show “${name}” here, and it is read where it is.`,
    });
    if (chosen) deliver(chosen);
  }

  async function handOver(files: readonly DroppedItem[]): Promise<void> {
    stopped = new AbortController();
    const [id, tops, waiting] = [randomName(8), new Set<string>(), [...files]];
    copying.value = { done: 0, total: files.length };
    try {
      await Promise.all(Array.from({ length: ABREAST }, async () => {
        for (let next = waiting.shift(); next && !stopped.signal.aborted; next = waiting.shift()) {
          tops.add((await door.upload!(id, next.path, next.file, stopped.signal)).top);
          copying.value = { done: (copying.value?.done ?? 0) + 1, total: files.length };
        }
      }));
      if (!stopped.signal.aborted) deliver([...tops]);
    } catch (error) {
      if (!stopped.signal.aborted) complain(messageOf(error));
      stopped.abort();
    } finally {
      copying.value = undefined;
    }
  }

  door.watchDrops?.((paths, refusal) => {
    over.value = false;
    if (settingsTaker.value && paths.some((path) => SETTINGS_FILE.test(path))) return;
    if (refusal === undefined) deliver(paths);
    else complain(refusal);
  });

  return { over, words, copying, onPaths, onSettings, otherwise, drop, stop: () => stopped.abort() };
});

function complain(sentence: string): void {
  ElMessage.warning({ message: sentence, duration: 8000, showClose: true });
}
