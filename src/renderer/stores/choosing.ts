import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { Choice } from '../../shared/contract/choice.js';
import { door } from '../api/door.js';

interface Asked {
  choice: Choice;
  /** Absolute paths; undefined where the choice was given up. */
  settle(paths: string[] | undefined): void;
}

/** Asks a person for files and folders: with the system's dialog where the host has it, else with the one in the page. */
export const useChoosing = defineStore('choosing', () => {
  /** What the dialog in the page is to ask now. */
  const asked = shallowRef<Asked>();

  /** @returns Absolute paths that the engine will take from this window; undefined where the person gave up. */
  function pick(choice: Choice): Promise<string[] | undefined> {
    if (door.pick) return door.pick(choice);
    asked.value?.settle(undefined);
    return new Promise((resolve) => {
      asked.value = { choice, settle: (paths) => (asked.value = undefined, resolve(paths)) };
    });
  }

  return { asked, pick };
});
