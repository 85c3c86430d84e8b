/**
 * What the study tries: each experiment changes the preset `fast` in one thing. Steps are chosen so that each costs about as much as the
 * preset's: `work` is what a step costs beside one of the preset.
 * @typedef {{ name: string, question: string, work?: number, settings: string[] }} Experiment
 * @type {readonly Experiment[]}
 */
export const EXPERIMENTS = [
  { name: 'preset', question: 'The preset as it is.', settings: [] },
  { name: 'encoder-decoder', question: 'Levels joined on the way up instead of added.', work: 1.45, settings: ['network.architecture=fast'] },
  { name: 'seen-at-160', question: 'Photographs seen larger, as often fewer.', work: 2.1, settings: ['photos.side=160', 'patches.side=144'] },
  { name: 'seen-at-96', question: 'Photographs seen smaller, more often.', work: 0.72, settings: ['photos.side=96', 'patches.side=80'] },
  { name: 'no-hints', question: 'What learning to follow hints costs.', settings: ['network.hints=false'] },
  { name: 'batch-8', question: 'More and smaller steps.', work: 0.55, settings: ['patches.batch=8'] },
  { name: 'lambda-0.35', question: 'Rare colours count more.', settings: ['bins.lambda=0.35'] },
  { name: 'lambda-0.7', question: 'Rare colours count less.', settings: ['bins.lambda=0.7'] },
  { name: 'smoothing-5', question: 'The prior smoothed as in the paper.', settings: ['bins.smoothing=5'] },
  { name: 'window-5', question: 'Finer bins.', work: 1.25, settings: ['bins.window=5'] },
  { name: 'soft', question: 'The nearest five bins instead of one.', work: 1.05, settings: ['encoding.kind=soft'] },
  { name: 'wide', question: 'Half as many filters again.', work: 1.9, settings: ['network.width=1.5'] },
  { name: 'narrow', question: 'Two thirds of the filters.', work: 0.6, settings: ['network.width=0.67'] },
  { name: 'rate-4e-3', question: 'Twice the learning rate, after a warm-up.', settings: ['rate.start=0.004', 'rate.warmup=100'] },
  { name: 'rate-1e-3', question: 'Half the learning rate.', settings: ['rate.start=0.001'] },
  { name: 'weight-decay', question: 'AdamW.', settings: ['optimizer.kind=adamw', 'optimizer.weightDecay=0.05'] },
  { name: 'averaged', question: 'Used with moving averages of the weights.', settings: ['optimizer.averaging=0.999'] },
  { name: 'dropout', question: 'Dropout of the deepest features.', settings: ['network.dropout=0.2'] },
  { name: 'random-size', question: 'Pieces of several sizes.', settings: ['patches.zoom=1.4'] },
  { name: 'random-lightness', question: 'Other contrast and brightness each time.', settings: ['patches.lightness=0.2'] },
  { name: 'bfloat16', question: 'Half the bytes, where the processor has it.', work: 0.75, settings: ['network.precision=bfloat16'] },
  { name: 'no-mirroring', question: 'Without mirroring.', settings: ['patches.flips=false'] },
];
