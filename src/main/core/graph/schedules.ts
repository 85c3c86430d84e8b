/** How the learning rate changes from its first step (0) on. Numbers of steps, not of epochs. */
export type Schedule =
  | { kind: 'constant' }
  /** rate · factor^(step / every): smooth decay. */
  | { kind: 'exponential'; factor: number; every: number }
  /** rate · factor after each `every` steps: stairs. */
  | { kind: 'step'; factor: number; every: number }
  /** Linear rise over `warmUp` steps, then half a cosine down to rate · floor at `total` (Loshchilov and Hutter 2017). */
  | { kind: 'cosine'; total: number; warmUp?: number; floor?: number }
  /** Linear rise over `warmUp` steps, then straight down to rate · floor at `total`. */
  | { kind: 'linear'; total: number; warmUp?: number; floor?: number };

/** The learning rate of a step. Steps past the end of a schedule keep its last rate. */
export function rateAt(schedule: Schedule, rate: number, step: number): number {
  switch (schedule.kind) {
    case 'constant':
      return rate;
    case 'exponential':
      return rate * schedule.factor ** (step / schedule.every);
    case 'step':
      return rate * schedule.factor ** Math.floor(step / schedule.every);
    case 'cosine':
      return rate * annealed(schedule, step, (progress) => (1 + Math.cos(Math.PI * progress)) / 2);
    case 'linear':
      return rate * annealed(schedule, step, (progress) => 1 - progress);
  }
}

/** Warm-up, then a curve from 1 to 0 scaled to end at the floor. The first step of a warm-up is 1/warmUp, not 0. */
function annealed({ total, warmUp = 0, floor = 0 }: { total: number; warmUp?: number; floor?: number }, step: number, curve: (progress: number) => number): number {
  if (step < warmUp) return (step + 1) / warmUp;
  const progress = Math.min(1, (step - warmUp) / Math.max(1, total - warmUp));
  return floor + (1 - floor) * curve(progress);
}
