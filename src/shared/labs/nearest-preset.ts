import { settingIn, type Setting } from '../run/setting.js';

/** Keys of the settings in which two configurations differ. */
export function differingKeys(config: object, base: object, settings: readonly Setting[]): string[] {
  return settings.map(({ key }) => key).filter((key) => JSON.stringify(settingIn(config, key)) !== JSON.stringify(settingIn(base, key)));
}

/** The preset of which the fewest settings would have to be changed to come to a configuration. */
export function nearestPreset<P extends string>(config: object, presets: Readonly<Record<P, { config: object }>>, settings: readonly Setting[]): P {
  const names = Object.keys(presets) as P[];
  const distance = (name: P) => differingKeys(config, presets[name].config, settings).length;
  return names.reduce((best, name) => (distance(name) < distance(best) ? name : best));
}
