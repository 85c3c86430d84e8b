import { Argument, Command, Option } from 'commander';
import type { JobInput, JobResult } from '../../../../shared/contract/kinds.js';
import { PICTURE_FORMATS, QUALITY, USUAL_FORMAT } from '../../../../shared/contract/kinds/colorize.js';
import { counted } from '../../../../shared/words/words.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { listed } from '../lines.js';
import { checkpoint, numberWithin, place, places } from '../option-values.js';
import { pathText } from '../path-text.js';
import { temperatureOption } from '../temperature-option.js';

const NOTES = `
Size, lightness, camera and date stay as they are; photographs are never touched. Run again, it skips what is done
and goes on. A colour photograph is taken by its lightness alone, and so are sepia and faded ones.

Hints are colours for places of a photograph, x and y as parts of its width and height, and the network carries them on:
  {"version": 1, "photographs": {"harbour.jpg": [{"x": 0.5, "y": 0.25, "colour": "#7a4a2a"}]}}

Examples:
  $ chromabench colorize coast-run old/harbour.jpg --out coloured
  $ chromabench colorize coast-run old/ more/ --out coloured --format jpeg --temperature 0.5
  $ chromabench colorize coast-run old/ --out coloured --hints hints.json`;

type Options = Omit<JobInput<'colorize'>, 'run' | 'inputs'>;

export function colorizeCommand(host: CommandHost): Command {
  return new Command('colorize')
    .addArgument(new Argument('<run>', 'folder of the run, or a frozen graph exported from one').argParser(place))
    .addArgument(new Argument('<input...>', 'photographs and folders of photographs').argParser(places))
    .addOption(new Option('--out <folder>', 'folder for the colorized pictures').argParser(place).makeOptionMandatory())
    .addOption(temperatureOption())
    .addOption(new Option('--format <name>', `of the pictures (default: ${USUAL_FORMAT})`).choices(PICTURE_FORMATS))
    .addOption(new Option('--quality <1-100>', `of JPEG and WebP (default: ${QUALITY.usual})`).argParser(numberWithin(QUALITY.lowest, QUALITY.highest, { whole: true })))
    .addOption(new Option('--no-metadata', 'leave camera, date, author and place of the photographs behind'))
    .addOption(new Option('--checkpoint <which>', 'best, newest, or a step (default: best)').argParser(checkpoint))
    .addOption(new Option('--hints <file>', 'JSON file of colour hints, or "kept" for those that were placed in the window').argParser((text) => (text === 'kept' ? text : place(text))))
    .addOption(new Option('--overwrite', 'replace pictures of the same name in the folder'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (run: string, inputs: string[], { out, temperature, format, quality, metadata, checkpoint, hints, overwrite }: Options) => {
      const result = await host.run('colorize', { run, inputs, out, temperature, format, quality, metadata, checkpoint, hints, overwrite });
      host.report(result, colorizeText(result), { failures: result.failed.length, done: result.done + result.skipped });
    });
}

function colorizeText({ out, done, skipped, failed, ignored, unknownHints, step }: JobResult<'colorize'>): string {
  const before = skipped ? `, ${counted(skipped, 'picture')} done before` : '';
  const others = ignored.length ? `; ${counted(ignored.length, 'other file')} left alone` : '';
  return [
    `${counted(done, 'picture')} colorized${before} (checkpoint of step ${step})${others}: ${pathText(out)}`,
    ...listed('Hints that were not used, as no photograph is called so:', unknownHints, pathText),
    ...listed('Failed:', failed, ({ path, reason }) => `${pathText(path)}: ${reason}`),
  ].join('\n');
}
