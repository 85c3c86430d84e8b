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
import { activationsReportSchema, activationsResultSchema, type ActivationsReport } from '../../../shared/labs/activations/results.js';
import type { ActivationsLab, RegularizationLab } from '../../../shared/labs/files.js';
import { trueLine } from '../../../shared/labs/regularization/data.js';
import { PENALTY_NAMES } from '../../../shared/labs/regularization/penalties.js';
import { outliersResultSchema, sweepResultSchema } from '../../../shared/labs/regularization/results.js';
import { openLab, type Lab } from './lab-folder.js';
import { readExperiment } from './regularization/record.js';

/** @throws UserError when the run is not finished or damaged. */
export async function chartsOfLab(path: string): Promise<Chart[]> {
  const lab = await openLab(path);
  switch (lab.file.kind) {
    case 'regularization':
      return experimentCharts(lab as Lab<RegularizationLab>);
    case 'sweep':
      return [sweepChart(await lab.read('result.json', sweepResultSchema))];
    case 'outliers':
      return [outliersChart(await lab.read('result.json', outliersResultSchema))];
    case 'activations':
      return comparisonCharts(lab as Lab<ActivationsLab>);
  }
}

async function experimentCharts(lab: Lab<RegularizationLab>): Promise<Chart[]> {
  const { points, result, epochs, networksAt } = await readExperiment(lab);
  const { network, penalty, threshold } = lab.file.config;
  const last = epochs.length - 1;
  const networks = penalty.kinds.map((kind) => ({ kind, networks: networksAt(last, kind) }));
  return [
    fitChart({ sets: points, activation: network.activation, penalties: networks, truth: trueLine(lab.file.config) }),
    lossSplitChart(epochs),
    zerosChart(epochs, threshold),
    errorsChart(result),
    weightGridsChart({
      note: `After the training, run 1 of each penalty; inputs down, outputs across`,
      networks: networks.map(({ kind, networks: [first] }) => ({ name: PENALTY_NAMES[kind], layers: first })),
    }),
    penaltyShapesChart(penalty.lambda, penalty.mix),
  ];
}

async function comparisonCharts(lab: Lab<ActivationsLab>): Promise<Chart[]> {
  const result = await lab.read('result.json', activationsResultSchema);
  const reports = newest(await lab.reports(activationsReportSchema));
  return [
    functionsChart(lab.file.config.activations),
    curvesChart(reports, 'accuracy'),
    curvesChart(reports, 'loss'),
    layersChart(reports, 'silent'),
    layersChart(reports, 'mean'),
    distributionsChart(result.variants.filter(({ run }) => run === 0), 'after the training'),
    ...result.rows.filter(({ accuracy }) => accuracy.mean !== null).map((row) => confusionChart(result, row)),
  ];
}

/** After a resume a step can appear twice: the last line of it counts. */
function newest(reports: readonly ActivationsReport[]): ActivationsReport[] {
  return [...new Map(reports.map((report) => [`${report.activation} ${report.normalization} ${report.run} ${report.step}`, report])).values()];
}
