/** A window's door over a wire that breaks, to a real engine in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineClient } from '../../src/main/engine/engine-client.js';
import { WindowLink } from '../../src/main/hosts/window/window-link.js';
import { WireDoor } from '../../src/renderer/api/wire-door.js';
import { followJob } from '../../src/shared/contract/follow-job.js';
import type { FromWindow } from '../../src/shared/contract/wire.js';

const root = join(import.meta.dirname, '../..');

class BreakableDoor extends WireDoor {
  readonly host = 'browser';
  readonly platform = 'test';
  private wire: WindowLink | undefined;

  constructor(private readonly engine: EngineClient) {
    super();
    this.mend();
  }

  break(): void {
    this.wire?.leave();
    this.wire = undefined;
    this.giveUp(new Set());
    this.enter('lost');
  }

  mend(): void {
    this.wire = new WindowLink(this.engine, (message) => this.receive(message));
    this.enter('open');
  }

  protected send(message: FromWindow): void {
    this.wire?.receive(message);
  }
}

let place: string;
let engine: EngineClient;
let door: BreakableDoor;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'chromabench-door-'));
  process.env.CHROMABENCH_CACHE = join(place, 'cache');
  engine = new EngineClient(undefined, { module: join(root, 'out/main/engine/engine-process.js') });
  door = new BreakableDoor(engine);
});

afterEach(async () => {
  await engine.close();
  rmSync(place, { recursive: true, force: true });
});

/** Looks through a folder of few small files. */
async function follow() {
  const folder = join(root, 'resources/fonts');
  await engine.grant(folder, { passing: true });
  return followJob(door, 'scan', { folder });
}

test('a job that ended while the wire was down settles when it is up again', async () => {
  const ended = new Promise<void>((resolve) => engine.subscribe((event) => event.type === 'ended' && resolve()));
  const { outcome } = await follow();
  door.break();
  await ended;
  door.mend();
  expect(await outcome).toMatchObject({ state: 'done', result: { files: 4 } });
});

test('a job that goes on over a break settles when it ends, once', async () => {
  const { outcome } = await follow();
  door.break();
  door.mend();
  expect(await outcome).toMatchObject({ state: 'done' });
});

test.each(['up', 'down'])('a job whose engine was killed while the wire was %s has failed, in words', async (wire) => {
  const { outcome } = await follow();
  if (wire === 'down') door.break();
  const again = new Promise((resolve) => engine.watch((state) => state.generation === 1 && resolve(state)));
  process.kill(engine.pid as number, 'SIGKILL');
  await again;
  if (wire === 'down') door.mend();
  const end = await outcome;
  expect(end).toMatchObject({ state: 'failed', error: { expected: true } });
  expect(end.state === 'failed' && end.error.message).toMatch(/^The engine was killed from outside .* start it again for the rest\.$/);
});
