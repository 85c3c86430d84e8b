import { Option } from 'commander';
import { TEMPERATURE } from '../../../shared/contract/kinds/trained.js';
import { numberWithin } from './option-values.js';

/** The same for every command that colorizes. */
export function temperatureOption(): Option {
  const { lowest, highest, usual } = TEMPERATURE;
  return new Option('--temperature <t>', `near 0 vivid, 1 cautious (default: ${usual})`).argParser(numberWithin(lowest, highest));
}
