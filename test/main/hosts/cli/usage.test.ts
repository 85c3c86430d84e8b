import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { CommandHost } from '../../../../src/main/hosts/cli/command-host.js';
import { COMMANDS } from '../../../../src/main/hosts/cli/commands.js';
import { runCommandLine } from '../../../../src/main/hosts/cli/run-command-line.js';
import type { EngineDoor } from '../../../../src/shared/contract/door.js';

/** Wrong command lines never come as far as the engine. */
const closedDoor: EngineDoor = {
  request: () => Promise.reject(new Error('the engine was asked')),
  subscribe: () => () => {},
};

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [new PassThrough(), new PassThrough()].map((stream) => stream.setEncoding('utf8'));
  const streams = { out: out as unknown as NodeJS.WriteStream, err: err as unknown as NodeJS.WriteStream };
  const code = await runCommandLine(words, () => Promise.resolve(closedDoor), streams);
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

test.each([
  [['inspec'], "Unknown command 'inspec'\n(Did you mean inspect?)\nSee: chromabench --help"],
  [['inspect', '.', '--wndow', '5'], "Unknown option '--wndow'\n(Did you mean --window?)\nSee: chromabench inspect --help"],
  [['inspect'], "Missing required argument 'folder'"],
  [['inspect', '.', '--window', '7'], "argument '7' is invalid. Allowed choices are 4, 5, 10, 11, 20, 22."],
  [['inspect', '.', '--only', ','], 'It must be one or more names, separated by commas.'],
  [['colorize', 'r', 'p', '--out', 'o', '--temperature', '0'], "argument '0' is invalid. It must be a number from 0.01 to 10."],
  [['colorize', 'r', 'p', '--out', 'o', '--checkpoint', 'last'], 'It must be best, newest or the number of a step.'],
  [['charts', 'r', '--out', 'o', '--format', 'svg,gif'], 'gif is none of svg, png, csv, json, tensorboard.'],
  [['train', '.'], "Required option '--out <run>' not specified"],
  [['train', '.', '--out', 'r', '--preset', 'quick'], "argument 'quick' is invalid. Allowed choices are fast, seed, zhang."],
  [['train', '.', '--out', 'r', '--steps', '1.5'], "argument '1.5' is invalid. It must be a whole number of 1 or more."],
  [['train', '.', '--out', 'r', '--seed', '-1'], "argument '-1' is invalid. It must be a whole number from 0 to 2147483647."],
  [['train', '.', '--out', 'r', '--steps', '10', '--minutes', '1'], 'cannot be used with option'],
  [['train', '.', '--out', 'r', '--set', 'windw=5'], 'There is no setting windw; did you mean bins.window?'],
  [['train', '.', '--out', 'r', '--set', 'bins.window=7'], 'bins.window must be one of 4, 5, 10, 11, 20, 22, not 7.'],
  [['train', '.', '--out', 'r', '--set', 'bins.lambda=2', '--set', 'rate.start=0'], 'bins.lambda must be a number from 0 to 1, not 2.\nrate.start must be'],
  [['train', '.', '--out', 'r', '--config', 'nowhere.json'], 'The configuration file nowhere.json cannot be read (ENOENT).'],
])('%j ends with 2 and a sentence that helps', async (words, sentence) => {
  const { code, out, err } = await run(...words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
});

test('with --json a wrong command line is answered in JSON, too', async () => {
  const { code, out } = await run('inspect', '--wndow', '5', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out)).toEqual({ error: { kind: 'usage', message: "unknown option '--wndow' (Did you mean --window?)" } });
});

test.each([['--help'], ['help'], ['inspect', '--help'], ['help', 'train'], ['--version']])('%s %s ends with 0', async (...words) => {
  const { code, out, err } = await run(...words);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toBe('');
});

test.each(['demo', 'inspect', 'train', 'resume', 'colorize', 'evaluate', 'charts', 'settings', 'doctor'])('help on %s shows its options and an example', async (command) => {
  const { code, out } = await run(command, '--help');
  expect(code).toBe(0);
  expect(out).toContain(`Usage: chromabench ${command}`);
  expect(out).toContain(`$ chromabench ${command}`);
  expect(out).toContain('--json');
});

test('settings lists every setting with its value and sentence', async () => {
  const { code, out } = await run('settings', '--preset', 'seed');
  expect(code).toBe(0);
  expect(out).toMatch(/^patches\.side = 32\n {4}\S.*\n {4}It must be a whole number from 32 to 512\.$/m);
});

test('a fault of the program itself is shown with its stack', async () => {
  const { code, out, err } = await run('inspect', '.', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ error: { kind: 'failed', message: 'the engine was asked' } });
  expect(err).toContain('usage.test.ts');
});

test.each(COMMANDS)('the help lists $name as it is used', async ({ name, usage, load }) => {
  const [out, err] = [process.stdout, process.stderr];
  const command = (await load())(new CommandHost(() => Promise.resolve(closedDoor), { out, err }, false));
  expect(command.name()).toBe(name);
  expect(command.usage()).toBe(usage === '<command>' ? '[options] [command]' : usage);
});
