/** The report of a laboratory's run: what came out, its charts, its settings, and how to repeat it. */
import { basename, resolve } from 'node:path';
import type { Chart } from '../../../../shared/charts/chart.js';
import { DARK, PAPER } from '../../../../shared/charts/theme.js';
import type { LabFile, LabKind, ShrinkOrigin } from '../../../../shared/labs/files.js';
import { chartsOfLab } from '../../labs/lab-charts.js';
import type { Lab } from '../../labs/lab-folder.js';
import { chartFigure } from '../chart-figure.js';
import { html } from '../markup.js';
import type { Section } from '../sections/frame.js';
import { versionsTable } from '../sections/settings.js';
import { shellText } from '../../../../shared/run/repeat.js';
import { sheet } from '../sheet.js';
import { labResult } from './lab-result.js';
import { labSettings } from './lab-settings.js';

const WHAT: Record<LabKind, { of: string; is: string }> = {
  regularization: { of: 'regularization experiment', is: 'Small networks trained under several penalties, over the same points and from the same starting weights' },
  sweep: { of: 'sweep of lambda', is: 'Small networks trained under penalties of many strengths, each judged on points that it was not trained on' },
  outliers: { of: 'comparison of losses', is: 'Small networks trained with two losses and two penalties, with and without outliers' },
  activations: { of: 'comparison of activations', is: 'The same network trained with several activations, on the same pictures and from the same starting weights' },
};

/** @throws UserError when the run is not finished or damaged. */
export async function labPage(lab: Lab, writtenBy: string): Promise<string> {
  const { file, path } = lab;
  const name = basename(resolve(path));
  const { of, is } = WHAT[file.kind];
  const [onPaper, onDark] = [await chartsOfLab(path, PAPER), await chartsOfLab(path, DARK)];
  const sections = [await labResult(lab), chartsSection(onPaper, onDark), labSettings(file), repeatSection(name, file)];
  return sheet({ name, of, state: `${is}.`, sections }, writtenBy);
}

function chartsSection(onPaper: readonly Chart[], onDark: readonly Chart[]): Section {
  return { id: 'charts', title: 'Charts', content: onPaper.map((chart, k) => chartFigure((theme) => (theme === DARK ? onDark[k] : chart), noteOf(chart), false)) };
}

/** What stands below its title. */
function noteOf({ option, title }: Chart): string {
  const { subtext } = (Array.isArray(option.title) ? option.title[0] : option.title) ?? {};
  return `${subtext ?? title}.`;
}

/** The command line that does it again. */
function repeatSection(name: string, file: LabFile): Section {
  const { config, versions, created } = file;
  const origin = 'origin' in file ? file.origin : undefined;
  const how = origin === undefined
    ? html`Keep the settings below as <code>settings.json</code>; in a terminal:`
    : html`It is made of the experiment again, from the place where that lay; in a terminal:`;
  const which = origin === undefined ? [file.kind, '--config', 'settings.json'] : ['shrink', ...shrinkArguments(origin)];
  return {
    id: 'repeat', title: 'How to repeat it',
    content: html`<p>The same seed, settings and machine give the same figures. ${how}</p>
<pre>${shellText(['chromabench', 'lab', ...which, '--out', `${name}-again`])}</pre>
<details><summary>All settings as a file for <code>--config</code></summary><pre>${JSON.stringify(config, null, 2)}</pre></details>
${versionsTable(versions, created)}`,
  };
}

/** Which network it was made of, and how. */
function shrinkArguments({ run, penalty, number, threshold, weights }: ShrinkOrigin): string[] {
  return [run, '--penalty', penalty, '--number', String(number + 1), '--threshold', String(threshold), '--weights', weights];
}
