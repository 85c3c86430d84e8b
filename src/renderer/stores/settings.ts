import { defineStore } from 'pinia';
import { computed, ref, watchEffect } from 'vue';
import type { Settings } from '../../shared/contract/settings.js';
import { door } from '../api/door.js';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** What the program remembers, and the theme that follows from it. */
export const useSettings = defineStore('settings', () => {
  const theme = ref<Settings['theme']>('system');
  const recentFolders = ref<string[]>([]);
  const dark = ref(systemIsDark.matches);
  systemIsDark.addEventListener('change', () => (dark.value = systemIsDark.matches));
  const isDark = computed(() => (theme.value === 'system' ? dark.value : theme.value === 'dark'));
  watchEffect(() => document.documentElement.classList.toggle('dark', isDark.value));
  door.watchLink((link) => link === 'open' && void refresh());

  function take(settings: Settings): void {
    theme.value = settings.theme;
    recentFolders.value = settings.recentFolders;
  }

  /** What was read before stays where nothing can be read: it is asked for again with every link and every folder. */
  async function refresh(): Promise<void> {
    const settings = await door.request('readSettings', {}).catch(() => undefined);
    if (settings) take(settings);
  }

  async function setTheme(chosen: Settings['theme']): Promise<void> {
    take(await door.request('changeSettings', { theme: chosen }));
  }

  async function clearRecentFolders(): Promise<void> {
    take(await door.request('clearRecentFolders', {}));
  }

  return { theme, recentFolders, isDark, refresh, setTheme, clearRecentFolders };
});
