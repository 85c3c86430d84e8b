import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { EngineClient } from '../../../src/main/engine/engine-client.js';

const module = join(import.meta.dirname, '../../../out/main/engine/engine-process.js');
let client: EngineClient;

afterEach(() => client.close());

test('a message that is none is refused, and the engine lives on', async () => {
  client = new EngineClient(undefined, { module });
  const { pid } = client;
  await expect(client.picture('x'.repeat(201))).rejects.toThrow(/message of the host/);
  expect(await client.request('listJobs', {})).toEqual([]);
  expect(client.pid).toBe(pid);
});

test('jobs of two engines have different ids', async () => {
  client = new EngineClient(undefined, { module });
  const scan = async () => {
    await client.grant(import.meta.dirname, { passing: true });
    return client.request('startJob', { kind: 'scan', parameters: { folder: import.meta.dirname } });
  };
  const first = await scan();
  await client.close();
  client = new EngineClient(undefined, { module });
  expect((await scan()).id).not.toBe(first.id);
});

test('a Node that cannot be started fails the engine, and nothing waits for it', async () => {
  client = new EngineClient(undefined, { module, node: join(import.meta.dirname, 'no-such-node') });
  const state = new Promise((resolve) => client.watch((now) => now.state === 'failed' && resolve(now)));
  await expect(client.request('listJobs', {})).rejects.toThrow(/engine/i);
  expect(await state).toMatchObject({ state: 'failed', message: expect.stringContaining('ENOENT') });
  await client.close();
});
