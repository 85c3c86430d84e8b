import { parse } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { WINDOWS } from '../../../../shared/colour/bins.js';
import type { JobInput, JobResult } from '../../../../shared/contract/kinds.js';
import { CHART_FORMATS, CHART_SCALES } from '../../../../shared/contract/kinds/charts.js';
import { counted } from '../../../../shared/words/words.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { columns } from '../lines.js';
import { choices, names, place, places } from '../option-values.js';
import { pathText } from '../path-text.js';

const NOTES = `
Formats:
${columns([['svg, png', 'pictures, for print and slides'], ['csv, json', 'the numbers behind each picture'], ['tensorboard', "a run's curves as an event file"]])}

Examples:
  $ chromabench charts coast-run --out coast-charts
  $ chromabench charts coast-run seed-run --out compared
  $ chromabench charts ~/Pictures/coast --out coast-colours --format svg,csv`;

type Options = Omit<JobInput<'charts'>, 'source' | 'besides' | 'formats' | 'window' | 'scale'> & { scale?: string; format: (typeof CHART_FORMATS)[number][]; window?: string };

export function chartsCommand(host: CommandHost): Command {
  return new Command('charts')
    .addArgument(new Argument('<source...>', 'a run, several runs to compare, a run of a laboratory, or a folder of photographs').argParser(places))
    .addOption(new Option('--out <folder>', 'folder for the charts').argParser(place).makeOptionMandatory())
    .addOption(new Option('--format <names>', 'separated by commas').argParser(choices(CHART_FORMATS)).default(['svg', 'png', 'csv'], 'svg,png,csv'))
    .addOption(new Option('--window <units>', 'for photographs: side of a colour bin in ab units (default: 10)').choices(WINDOWS.map(String)))
    .addOption(new Option('--only <names>', 'for photographs: take these subfolders only, separated by commas').argParser(names))
    .addOption(new Option('--scale <times>', 'of PNGs: pixels for each unit of the drawing (default: 2)').choices(CHART_SCALES.map(String)))
    .addOption(new Option('--overwrite', 'replace files of the same names'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async ([source, ...besides]: string[], { out, format, window, only, scale, overwrite }: Options) => {
      const units = window === undefined ? undefined : (Number(window) as (typeof WINDOWS)[number]);
      const result = await host.run('charts', { source, besides, out, formats: format, window: units, only, scale: scale === undefined ? undefined : (Number(scale) as (typeof CHART_SCALES)[number]), overwrite });
      host.report(result, chartsText(result));
    });
}

function chartsText({ files, kind, out }: JobResult<'charts'>): string {
  const endings = new Map<string, string[]>();
  for (const { name, ext } of files.map((file) => parse(file))) endings.set(name, [...(endings.get(name) ?? []), ext.slice(1)]);
  const of = { run: 'the run', runs: 'the runs', laboratory: 'the experiment', photographs: 'the photographs' }[kind];
  return `${counted(files.length, 'chart file')} of ${of}, in ${pathText(out)}:\n${columns([...endings].map(([name, all]) => [pathText(name), all.join(', ')]))}`;
}
