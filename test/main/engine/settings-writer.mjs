/** A program that changes settings again and again. Arguments: folder, mark, times. */
import { SettingsStore } from '../../../out/main/engine/settings-store.js';

const [folder, mark, times] = process.argv.slice(2);
const store = new SettingsStore(folder);
for (let k = 0; k < Number(times); k++) {
  await store.change((settings) => ({ ...settings, recentFolders: [...settings.recentFolders, `${mark}-${k}`] }));
}
