/** Which charts a laboratory's run has. */
import type { Chart } from '../../../shared/charts/chart.js';
import { confusionChart } from '../../../shared/charts/labs/activation-confusion.js';
import { functionsChart } from '../../../shared/charts/labs/activation-functions.js';
import { distributionsChart, layersChart } from '../../../shared/charts/labs/activation-layers.js';
import { curvesChart } from '../../../shared/charts/labs/activations.js';
import { outliersChart } from '../../../shared/charts/labs/outliers.js';
import { penaltyShapesChart } from '../../../shared/charts/labs/penalty-shapes.js';
import { errorsChart, fitChart, lossSplitChart, zerosChart } from '../../../shared/charts/labs/regularization.js';
import { sweepChart } from '../../../shared/charts/labs/sweep.js';
import { weightGridsChart } from '../../../shared/charts/labs/weight-grids.js';
import { PAPER, type ChartTheme } from '../../../shared/charts/theme.js';
import { activationsReportSchema, activationsResultSchema } from '../../../shared/labs/activations/results.js';
import type { ActivationsLab, RegularizationLab } from '../../../shared/labs/files.js';
import { trueLine } from '../../../shared/labs/regularization/data.js';
import { PENALTY_NAMES } from '../../../shared/labs/regularization/penalties.js';
import { outliersResultSchema, sweepResultSchema } from '../../../shared/labs/regularization/results.js';
import { newestReports } from '../../../shared/labs/activations/shown-reports.js';
import { openLab, type Lab } from './lab-folder.js';
import { readExperiment } from './regularization/record.js';

/** @throws UserError when the run is not finished or damaged. */
export async function chartsOfLab(path: string, theme: ChartTheme = PAPER): Promise<Chart[]> {
  const lab = await openLab(path);
  switch (lab.file.kind) {
    case 'regularization':
      return experimentCharts(lab as Lab<RegularizationLab>, theme);
    case 'sweep':
      return [sweepChart(await lab.read('result.json', sweepResultSchema), theme)];
    case 'outliers':
      return [outliersChart(await lab.read('result.json', outliersResultSchema), theme)];
    case 'activations':
      return comparisonCharts(lab as Lab<ActivationsLab>, theme);
  }
}

async function experimentCharts(lab: Lab<RegularizationLab>, theme: ChartTheme): Promise<Chart[]> {
  const { points, result, epochs, networksAt } = await readExperiment(lab);
  const { network, penalty, threshold } = lab.file.config;
  const last = epochs.length - 1;
  const networks = penalty.kinds.map((kind) => ({ kind, networks: networksAt(last, kind) }));
  return [
    fitChart({ sets: points, activation: network.activation, penalties: networks, truth: trueLine(lab.file.config) }, theme),
    lossSplitChart(epochs, theme),
    zerosChart(epochs, threshold, theme),
    errorsChart(result, theme),
    weightGridsChart({
      note: `After the training, run 1 of each penalty; inputs down, outputs across`,
      networks: networks.map(({ kind, networks: [first] }) => ({ name: PENALTY_NAMES[kind], layers: first })),
    }, theme),
    penaltyShapesChart(penalty.lambda, penalty.mix, theme),
  ];
}

async function comparisonCharts(lab: Lab<ActivationsLab>, theme: ChartTheme): Promise<Chart[]> {
  const result = await lab.read('result.json', activationsResultSchema);
  const reports = newestReports(await lab.reports(activationsReportSchema));
  return [
    functionsChart(lab.file.config.activations, theme),
    curvesChart(reports, 'accuracy', theme),
    curvesChart(reports, 'loss', theme),
    layersChart(reports, 'silent', theme),
    layersChart(reports, 'mean', theme),
    distributionsChart(result.variants.filter(({ run }) => run === 0), 'after the training', theme),
    ...result.rows.filter(({ accuracy }) => accuracy.mean !== null).map((row) => confusionChart(result, row, theme)),
  ];
}
