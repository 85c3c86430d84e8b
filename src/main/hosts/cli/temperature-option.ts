import { Option } from 'commander';
import { TEMPERATURE } from '../../../shared/contract/kinds/trained.js';
import { numberWithin } from './option-values.js';

/** The same for every command that colorizes. */
export function temperatureOption(): Option {
  const { lowest, highest } = TEMPERATURE;
  return new Option('--temperature <t>', `near 0 vivid, 1 cautious (default: the best on the run's validation photographs)`).argParser(numberWithin(lowest, highest));
}
