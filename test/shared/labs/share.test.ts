import { describe, expect, it } from 'vitest';
import { ACTIVATIONS_PRESETS } from '../../../src/shared/labs/activations/config.js';
import { REGULARIZATION_PRESETS } from '../../../src/shared/labs/regularization/presets.js';
import { fragmentOf, stateOfFragment, type SharedState } from '../../../src/shared/labs/share.js';

const post = REGULARIZATION_PRESETS.post.config;

describe('a laboratory in a link', () => {
  it('names the preset and what was changed of it, and comes back as it was', () => {
    const state: SharedState = {
      lab: 'regularization', preset: 'post',
      config: { ...post, seed: 42, network: { ...post.network, hidden: [] }, penalty: { ...post.penalty, kinds: ['l1', 'l2'], lambda: 0.05 } },
    };
    const fragment = fragmentOf(state);
    expect(fragment).toBe('regularization?preset=post&seed=42&network.hidden=&penalty.kinds=l1%2Cl2&penalty.lambda=0.05');
    expect(stateOfFragment(`#${fragment}`)).toEqual(state);
    for (const [preset, { config }] of Object.entries(ACTIVATIONS_PRESETS)) {
      const untouched: SharedState = { lab: 'activations', preset, config };
      expect(stateOfFragment(fragmentOf(untouched))).toEqual(untouched);
    }
  });

  it('tells nobody where own files lie, and opens none that it names', () => {
    const config = { ...post, data: { ...post.data, kind: 'csv' as const, file: '/home/me/secret.csv' } };
    expect(fragmentOf({ lab: 'regularization', preset: 'post', config })).not.toContain('secret');
    expect(() => stateOfFragment('regularization?preset=post&data.file=/etc/passwd')).toThrow('A link may not name files');
  });

  it('that is wrong is told in a sentence', () => {
    expect(() => stateOfFragment('#garden')).toThrow('"garden" is no laboratory; there are regularization and activations.');
    expect(() => stateOfFragment('regularization?preset=constructor')).toThrow('There is no preset constructor');
    expect(() => stateOfFragment('regularization?penalty.lambda=-1')).toThrow('penalty.lambda must be a number from 0 to 1000, not -1.');
    expect(() => stateOfFragment('activations?activations=relu,relu')).toThrow('activations must be one or more of relu,');
    expect(() => stateOfFragment('activations?lamda=1')).toThrow('There is no setting lamda');
  });
});
