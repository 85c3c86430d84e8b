/** How the networks of the laboratories follow the gradient: settings that all of them have. */
import { z } from 'zod';
import { choice, number } from '../run/setting.js';

export const descentSettings = {
  optimizer: z.strictObject({
    kind: choice('How weights follow the gradient: by plain steps (sgd), with part of the last step kept (momentum), or with a step size of its own for each weight (adam).', ['sgd', 'momentum', 'adam']),
    momentum: number('Momentum: share of the last step that is kept.', { from: 0, below: 1 }),
  }),
  rate: number('Learning rate, how far a step goes: too high and the training diverges, too low and it gets nowhere.', { above: 0, to: 10 }),
};
