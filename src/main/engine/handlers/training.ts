import type { JobResult } from '../../../shared/contract/kinds.js';
import type { JobContext } from '../../core/job.js';
import { openRun } from '../../core/runs/index.js';
import { StopAsked } from '../../core/stop-asked.js';
import { PauseControl, type TrainingReport } from '../../core/training/index.js';
import type { JobControls } from './handler.js';

/** What a training begun and one resumed have in common. */
export async function controlled(
  context: JobContext,
  controls: JobControls,
  work: (context: JobContext, control: PauseControl) => Promise<TrainingReport>,
): Promise<JobResult<'train'>> {
  const stop = new AbortController();
  const control = new PauseControl();
  controls.listen((action) => {
    if (action === 'pause') return control.pause();
    if (action === 'resume') return control.resume();
    controls.now('stopping');
    stop.abort(new StopAsked());
  });
  const signal = AbortSignal.any([context.signal, stop.signal]);
  try {
    return await trainingResultOf(await work({ signal, progress: tellingPauses(context, controls) }, control));
  } catch (error) {
    // Stopped before there was anything to keep: the job ends as one that was cancelled.
    if (stop.signal.aborted && error === stop.signal.reason) controls.cancel();
    throw error;
  }
}

/** A training says that it pauses when it has come to rest: that is when the job counts as paused. */
function tellingPauses({ progress }: JobContext, controls: JobControls): JobContext['progress'] {
  const emit = (name: string, data: unknown) => {
    if (name === 'paused') controls.now('paused');
    if (name === 'resumed') controls.now('running');
    progress.emit(name, data);
  };
  return { ...progress, emit };
}

/** The report of a training with what its run tells besides. */
export async function trainingResultOf(report: TrainingReport): Promise<JobResult<'train'>> {
  const run = await openRun(report.run);
  const { training, validation, test } = run.file.data;
  const { parameters, Q } = run.file.network;
  const metrics = await run.metrics();
  const waitShare = metrics.length ? metrics.reduce((sum, line) => sum + line.waitShare, 0) / metrics.length : undefined;
  return { ...report, photographs: { training, validation, test }, parameters, Q, last: metrics.at(-1), waitShare };
}
