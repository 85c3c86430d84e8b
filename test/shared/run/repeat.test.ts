import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { assembleConfig, layerOfAssignments } from '../../../src/shared/run/assemble.js';
import { changedSettings, isExact, shellText, trainingCommand } from '../../../src/shared/run/repeat.js';

const data = { folder: '/my photos', fingerprint: 'x', training: 3, validation: 1, test: 0, stepsAnEpoch: 1, seenSide: 160 };

describe('the command that repeats a training', () => {
  it('says every setting that is not the preset’s, and nothing else', () => {
    const assignments = ['bins.lambda=0.3', 'optimizer.epsilon=1e-8', 'patches.flips=false', 'encoding.kind=soft'];
    const config = assembleConfig([{ preset: 'zhang', seed: 7, budget: { minutes: 3 } }, layerOfAssignments(assignments)]);
    const words = trainingCommand({ config, data, steps: 120 }, 'again');
    expect(words.slice(0, 11)).toEqual(['chromabench', 'train', '/my photos', '--out', 'again', '--preset', 'zhang', '--steps', '120', '--seed', '7']);
    const said = words.slice(11).filter((word) => word !== '--set');
    // What is the preset's already goes without saying.
    expect(said).toEqual(['bins.lambda=0.3', 'optimizer.epsilon=1e-8', 'patches.flips=false']);
    const again = assembleConfig([{ preset: 'zhang', seed: 7, budget: { steps: 120 } }, layerOfAssignments(said)]);
    expect(again).toEqual({ ...config, budget: { steps: 120 } });
    expect(changedSettings(config).map(({ key }) => key)).toEqual(['seed', 'budget.minutes', 'bins.lambda', 'optimizer.epsilon', 'patches.flips']);
  });

  it('names subfolders and the test list, and knows where it cannot', () => {
    const withFolders = (subfolders: string[]) => ({ config: assembleConfig([{ photos: { subfolders, testList: '/a/list.txt' } }]), data, steps: 1 });
    expect(trainingCommand(withFolders(['sea', 'old town']), 'x').slice(11)).toEqual(['--only', 'sea,old town', '--test-list', '/a/list.txt']);
    expect([isExact(withFolders(['sea', 'old town'])), isExact(withFolders(['sea, north']))]).toEqual([true, false]);
  });

  it('reaches the program word by word through a shell', () => {
    const words = ['plain', "it's", 'a  b', '$HOME', '`x`', '*', '"', '', '\\', 'é'];
    const heard = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${shellText(words)}`], { encoding: 'utf8' });
    expect(heard.split('\n').slice(0, -1)).toEqual(words);
  });
});
