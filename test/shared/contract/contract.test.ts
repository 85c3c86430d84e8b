import { describe, expect, test } from 'vitest';
import { checked, ContractError } from '../../../src/shared/contract/check.js';
import type { EngineDoor } from '../../../src/shared/contract/door.js';
import { engineEventSchema, type EngineEvent } from '../../../src/shared/contract/events.js';
import { followJob } from '../../../src/shared/contract/follow-job.js';
import { JOB_KINDS, jobKindNames, specOf } from '../../../src/shared/contract/kinds.js';
import type { Reply, RequestName } from '../../../src/shared/contract/requests.js';

describe('checked', () => {
  test('fills in what has a default', () => {
    expect(checked(JOB_KINDS.inspect.parameters, { folder: '/photos' }, 'parameters of inspect')).toEqual({ folder: '/photos', window: 10 });
  });

  test.each([
    [{ folder: 'photos' }, 'parameters of inspect: folder: expected an absolute path.'],
    [{ folder: '/photos', window: 7 }, 'parameters of inspect: window: invalid option: expected one of 4|5|10|11|20|22.'],
    [{ folder: '/photos', windw: 5 }, 'parameters of inspect: unrecognized key: "windw".'],
    [{}, 'parameters of inspect: folder: invalid input: expected string, received undefined.'],
    [null, 'parameters of inspect: invalid input: expected object, received null.'],
    [{ folder: 'x', only: [] }, /folder: expected an absolute path; only: too small/],
  ])('%j is refused with the name of message and field', (value, message) => {
    expect(() => checked(JOB_KINDS.inspect.parameters, value, 'parameters of inspect')).toThrow(message);
    expect(() => checked(JOB_KINDS.inspect.parameters, value, 'parameters of inspect')).toThrow(ContractError);
  });

  test.each(['C:\\Photos', 'C:/Photos', '\\\\server\\share', '/photos'])('%s is an absolute path', (folder) => {
    expect(checked(JOB_KINDS.inspect.parameters, { folder }, 'inspect').folder).toBe(folder);
  });
});

describe('the map of kinds', () => {
  test.each(jobKindNames)('%s refuses settings that it does not know', (kind) => {
    expect(() => checked(specOf(kind).parameters, { surprise: 1 }, kind)).toThrow(/unrecognized key: "surprise"/);
  });
});

describe('events', () => {
  test('one of an unknown type is refused', () => {
    expect(() => checked(engineEventSchema, { type: 'rumour', id: 'inspect-1' }, 'event')).toThrow(/^event: type: /);
  });
});

describe('followJob', () => {
  /** A door whose job says everything before its start is even confirmed. */
  class HastyDoor implements EngineDoor {
    listeners = new Set<(event: EngineEvent) => void>();
    constructor(private readonly events: EngineEvent[], private readonly refusal?: Error) {}

    async request<N extends RequestName>(): Promise<Reply<N>> {
      if (this.refusal) throw this.refusal;
      this.events.forEach((event) => this.listeners.forEach((listener) => listener(event)));
      return { id: 'inspect-1', kind: 'inspect', state: 'queued', controls: [], queuedAt: 0 } as unknown as Reply<N>;
    }

    subscribe(listener: (event: EngineEvent) => void): () => void {
      this.listeners.add(listener);
      return () => void this.listeners.delete(listener);
    }
  }

  const note = (id: string, message: string): EngineEvent => ({ type: 'note', id, note: { level: 'info', message } });

  test('misses nothing that comes before the reply, and hears of its own job only', async () => {
    const door = new HastyDoor([note('inspect-2', 'of another'), note('inspect-1', 'early'), { type: 'ended', id: 'inspect-1', outcome: { state: 'cancelled', kept: 'all' } }]);
    const heard: string[] = [];
    const { outcome } = await followJob(door, 'inspect', { folder: '/photos' }, { note: ({ message }) => heard.push(message) });
    expect(await outcome).toEqual({ state: 'cancelled', kept: 'all' });
    expect(heard).toEqual(['early']);
    expect(door.listeners.size).toBe(0);
  });

  test('leaves no subscription behind where the start is refused', async () => {
    const door = new HastyDoor([], new ContractError('no'));
    await expect(followJob(door, 'inspect', { folder: '/photos' })).rejects.toThrow('no');
    expect(door.listeners.size).toBe(0);
  });
});
