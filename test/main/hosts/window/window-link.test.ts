import { expect, test } from 'vitest';
import type { ToWindow } from '../../../../src/shared/contract/wire.js';
import { WindowLink } from '../../../../src/main/hosts/window/window-link.js';

/** An engine that answers when the test says so. */
function slowEngine() {
  const answers: ((reply: object) => void)[] = [];
  return {
    answers,
    state: { state: 'running', generation: 0 } as const,
    request: () => new Promise<never>((resolve) => answers.push(resolve as (reply: object) => void)),
    restart() {},
    subscribe: () => () => {},
    watch: () => () => {},
  };
}

const ask = (id: number) => ({ type: 'request', id, name: 'listJobs', body: {} });

test('an answer that comes after its page has gone is not told to the next one, which numbers its requests anew', async () => {
  const engine = slowEngine();
  const wire: ToWindow[] = [];
  const first = new WindowLink(engine, (message) => wire.push(message));
  first.receive(ask(1));
  first.leave();
  const second = new WindowLink(engine, (message) => wire.push(message));
  second.receive(ask(1));
  engine.answers.forEach((answer, index) => answer({ page: index + 1 }));
  await expect.poll(() => second.underWay + first.underWay).toBe(0);
  expect(wire.filter(({ type }) => type === 'reply')).toEqual([{ type: 'reply', id: 1, reply: { page: 2 } }]);
});
