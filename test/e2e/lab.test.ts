import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());

describe('the laboratories on the command line', () => {
  test('run an experiment from a file of settings, shrink its network, film it and draw its charts', async () => {
    writeFileSync(place.path('mine.json'), JSON.stringify({ runs: 2, 'penalty.kinds': ['l1-proximal', 'l2'], data: { points: 40 } }));
    const ran = await place.run('lab', 'regularization', '--config', 'mine.json', '--set', 'epochs=40', '--out', 'penalties', '--json');
    expect(ran.code, ran.err).toBe(0);
    const { settings, run, result } = JSON.parse(ran.out) as { settings: { epochs: number; data: { points: number } }; run: string; result: { penalties: { kind: string; runs: { error: number }[]; error: { mean: number; deviation: number }; exactZeros: { mean: number } }[] } };
    expect([settings.epochs, settings.data.points]).toEqual([40, 40]);
    expect(run).toBe(place.path('penalties'));
    const [l1] = result.penalties;
    const mean = l1.runs.reduce((sum, { error }) => sum + error, 0) / 2;
    expect(l1.error.mean).toBeCloseTo(mean, 10);
    expect(l1.exactZeros.mean).toBeGreaterThan(0);

    const shrunk = await place.run('lab', 'shrink', 'penalties', '--out', 'smaller');
    expect(shrunk.code, shrunk.err).toBe(0);
    expect(shrunk.out).toContain('full network     1-10-10-10-1, 251 numbers');

    const drawn = await place.run('charts', 'smaller', '--out', 'charts', '--format', 'csv');
    expect(drawn.code, drawn.err).toBe(0);
    expect(readFileSync(place.path('charts', 'regularization-errors.csv'), 'utf8').split('\r\n')[0]).toContain('penalty,run,error');

    const again = await place.run('lab', 'regularization', '--out', 'penalties');
    expect(again.code).toBe(1);
    expect(again.err).toContain('is not empty, and nothing is overwritten');
  });

  test('wrong settings are told one by one, and nothing is made', async () => {
    const { code, err } = await place.run('lab', 'regularization', '--set', 'penalty.lambda=-1', '--set', 'runs=0', '--out', 'wrong');
    expect(code).toBe(2);
    expect(err).toContain('penalty.lambda must be a number from 0 to 1000, not -1.');
    expect(err).toContain('runs must be a whole number from 1 to 50, not 0.');
    expect(existsSync(place.path('wrong'))).toBe(false);
    const unknown = await place.run('lab', 'activations', '--set', 'activation=relu', '--out', 'wrong');
    expect(unknown.err).toContain('There is no setting activation; did you mean activations?');
  });

  test('a comparison of activations that is killed goes on where it stood', async () => {
    const words = ['--set', 'activations=relu,elu', '--set', 'normalization.kinds=without', '--set', 'epochs=3', '--set', 'network.hidden=32', '--set', 'data.training=1200', '--set', 'data.test=200'];
    const begun = place.start('lab', 'activations', ...words, '--out', 'rectified');
    await begun.shows(/ReLU without normalization, run 1: /);
    begun.process.kill('SIGKILL');
    await begun.ended;
    const { code, out, err } = await place.run('lab', 'resume', 'rectified', '--json');
    expect(code, err).toBe(0);
    const { result } = JSON.parse(out) as { result: { variants: { activation: string; accuracy: number; steps: number }[] } };
    expect(result.variants.map(({ activation, steps }) => [activation, steps])).toEqual([['relu', 60], ['elu', 60]]);
    expect(result.variants.every(({ accuracy }) => accuracy > 20)).toBe(true);
  });
});
