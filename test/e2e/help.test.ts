import { afterAll, describe, expect, test } from 'vitest';
import { Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());

const COMMANDS = ['demo', 'inspect', 'estimate', 'train', 'resume', 'colorize', 'evaluate', 'charts', 'lab', 'settings', 'doctor'];

describe('help', () => {
  test('names every command, a first walk and the exit codes', async () => {
    const { code, out, err } = await place.run('--help');
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(out).toContain('$ chromabench demo');
    expect(out).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some files failed, 130 interrupted.');
  });

  test('without a command, help goes to the error stream', async () => {
    const { code, out, err } = await place.run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: chromabench');
  });
});

test('wrong usage ends with 2 and a suggestion', async () => {
  const { code, out, err } = await place.run('inspec');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain("Unknown command 'inspec'\n(Did you mean inspect?)");
});
