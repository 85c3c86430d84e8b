import { Argument, Command, Option } from 'commander';
import { FILM_FORMATS } from '../../../../../shared/contract/kinds/regularization.js';
import { counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { choices, numberWithin, place } from '../../option-values.js';
import { pathText } from '../../path-text.js';

interface Options {
  out: string;
  format: (typeof FILM_FORMATS)[number][];
  number: number;
}

export function filmCommand(host: CommandHost): Command {
  return new Command('film')
    .description('Show how the weights of a regularization experiment moved: animated pictures, or a PNG for each recorded epoch.')
    .addArgument(new Argument('<run>', 'folder of a regularization experiment').argParser(place))
    .addOption(new Option('--out <folder>', 'folder for the files').argParser(place).makeOptionMandatory())
    .addOption(new Option('--format <names>', `which of ${FILM_FORMATS.join(', ')}`).argParser(choices(FILM_FORMATS)).default(['gif'], 'gif'))
    .addOption(new Option('--number <n>', 'which run of each penalty').argParser(numberWithin(1, Infinity, { whole: true })).default(1))
    .addOption(jsonOption())
    .action(async (run: string, { out, format, number }: Options) => {
      const result = await host.run('film', { run, out, formats: format, number: number - 1 });
      host.report(result, [`${counted(result.frames, 'frame')}:`, ...result.files.map((file) => `  ${pathText(file)}`)].join('\n'));
    });
}
