import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../../../src/main/core/gate.js';
import { inOrder } from '../../../../src/main/core/photos/in-order.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a gate', () => {
  it('lets in what there is room for, first come first served', async () => {
    const gate = new Gate(10);
    const inside: string[] = [];
    const enter = async (name: string, weight: number) => {
      const leave = await gate.enter(weight);
      inside.push(name);
      return leave;
    };
    const first = await enter('first', 6);
    const [second, third] = [enter('second', 6), enter('third', 3)];
    await turn();
    expect(inside).toEqual(['first']);
    first();
    (await second)();
    await third;
    expect(inside).toEqual(['first', 'second', 'third']);
  });

  it('lets the oversized pass alone', async () => {
    const gate = new Gate(10);
    const leave = await gate.enter(1000);
    let entered = false;
    const next = gate.enter(1).then((leaveNext) => {
      entered = true;
      return leaveNext;
    });
    await turn();
    expect(entered).toBe(false);
    leave();
    (await next)();
    expect(entered).toBe(true);
  });
});

describe('work in order', () => {
  const signal = new AbortController().signal;

  it('gives results in the order of the items, however long each takes, and begins only so many', async () => {
    let [running, most] = [0, 0];
    const work = async (item: number) => {
      most = Math.max(most, ++running);
      for (let i = 0; i < 10 - item; i++) await turn();
      running--;
      return item * 2;
    };
    const results: number[] = [];
    for await (const result of inOrder([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, work, signal)) results.push(result);
    expect(results).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(most).toBe(3);
  });

  it('lets go of each result', async () => {
    const megabyte = 2 ** 20;
    let held = 0;
    let done = 0;
    for await (const result of inOrder(Array.from({ length: 200 }, (_, i) => i), 4, async () => new Uint8Array(megabyte), signal)) {
      if (++done % 40 !== 0) continue;
      collectGarbage();
      held = Math.max(held, process.memoryUsage().arrayBuffers / result.length);
    }
    expect(held).toBeLessThan(30);
  });

  it('passes on what the work throws, and ends at once when stopped', async () => {
    const drain = async (work: (item: number) => Promise<number>, stop = signal) => {
      for await (const result of inOrder([1, 2, 3], 2, work, stop)) expect(result).toBeDefined();
    };
    await expect(drain(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const stop = new AbortController();
    const never = drain(() => new Promise<number>(() => {}), stop.signal);
    stop.abort();
    await expect(never).rejects.toThrow('aborted');
  });
});
