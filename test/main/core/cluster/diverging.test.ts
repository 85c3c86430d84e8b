/** A training on a cluster whose numbers are none any more. */
import { expect, it } from 'vitest';
import { FollowedTraining, NOTHING_YET } from '../../../../src/main/core/cluster/followed-training.js';
import { eventOf } from '../../../../src/main/core/cluster/job-events.js';
import { quietContext } from '../../../../src/main/core/job.js';
import type { RunWriter } from '../../../../src/main/core/runs/run-writer.js';
import { NotANumber } from '../../../../src/main/core/training/alarms.js';
import { assembleConfig } from '../../../../src/shared/run/assemble.js';

const line = (validation: object) => eventOf(`@chromabench ${JSON.stringify({ event: 'checkpoint', step: 2, validation })}`)!;
const sound = { loss: 2, auc: 80, aucRebalanced: 70, temperature: 0.38, spread: 0.5 };

it.each(['loss', 'spread'])('is told by a validation without a %s, and its checkpoint is not offered', async (name) => {
  const offered: number[] = [];
  const file = { config: assembleConfig([{ preset: 'seed', budget: { steps: 9 } }]), steps: 9, data: { stepsAnEpoch: 1, training: 50 } };
  const writer = { file, log: () => Promise.resolve(), report: () => Promise.resolve() } as unknown as RunWriter;
  const training = new FollowedTraining(writer, quietContext(), { file: NOTHING_YET }, 0, ({ step }) => offered.push(step));
  await training.take(line(sound));
  expect(offered).toEqual([2]);
  await expect(training.take(line({ ...sound, [name]: null }))).rejects.toThrow(NotANumber);
  expect(offered).toEqual([2]);
});
