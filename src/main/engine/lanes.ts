import type { JobKindSpec } from '../../shared/contract/job-kind.js';

type Lane = JobKindSpec['lane'];

/** How many jobs of a lane run at a time. A training fills the machine; looking at a folder does not. */
const ROOM: Record<Lane, number> = { heavy: 1, beside: 1, light: 3 };

interface Waiting {
  lane: Lane;
  start(): void;
}

/** Lets jobs start in the order they came, as far as their lane has room. */
export class Lanes {
  private readonly running: Record<Lane, number> = { heavy: 0, beside: 0, light: 0 };
  private waiting: Waiting[] = [];

  /** @param start Called when there is room, at once or later. @returns A function that gives up the wait. */
  enter(lane: Lane, start: () => void): () => void {
    const entry = { lane, start };
    this.waiting.push(entry);
    this.admit();
    return () => void (this.waiting = this.waiting.filter((other) => other !== entry));
  }

  leave(lane: Lane): void {
    this.running[lane] -= 1;
    this.admit();
  }

  private admit(): void {
    const next = this.waiting.find(({ lane }) => this.running[lane] < ROOM[lane]);
    if (!next) return;
    this.waiting = this.waiting.filter((other) => other !== next);
    this.running[next.lane] += 1;
    next.start();
    this.admit();
  }
}
