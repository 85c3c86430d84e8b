import { describe, expect, test } from 'vitest';
import { acceleratorText, isPressed, type KeyPress } from '../../../src/shared/commands/accelerator.js';
import { COMMANDS, type CommandFacts, commandOf, type CommandName, isEnabled, obstacleOf } from '../../../src/shared/commands/commands.js';
import { type MenuEntry, MENUS } from '../../../src/shared/commands/menus.js';

const names = Object.keys(COMMANDS) as CommandName[];
const quiet: CommandFacts = { folderOpen: false, training: 'none', runChosen: false, colorizing: false, theme: 'dark', inspector: true };

function commandsIn(entries: readonly MenuEntry[]): CommandName[] {
  return entries.flatMap((entry) => ('command' in entry ? [entry.command] : 'entries' in entry ? commandsIn(entry.entries) : []));
}

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

test('every command has exactly one place in the menus', () => {
  expect(MENUS.flatMap(({ entries }) => commandsIn(entries)).sort()).toEqual([...names].sort());
});

test('no two commands share an accelerator', () => {
  const accelerators = names.map((name) => commandOf(name).accelerator).filter(Boolean);
  expect(new Set(accelerators).size).toBe(accelerators.length);
});

test('a training can be started only with photographs, and paused only while it runs', () => {
  expect(isEnabled('startTraining', quiet)).toBe(false);
  expect(isEnabled('startTraining', { ...quiet, folderOpen: true })).toBe(true);
  expect(isEnabled('startTraining', { ...quiet, folderOpen: true, training: 'running' })).toBe(false);
  expect(isEnabled('pauseTraining', { ...quiet, training: 'running' })).toBe(true);
  expect(isEnabled('pauseTraining', { ...quiet, training: 'paused' })).toBe(false);
  expect(isEnabled('resumeTraining', { ...quiet, training: 'paused' })).toBe(true);
});

test('a command that cannot be given says why in a sentence', () => {
  const sentences = names.map((name) => obstacleOf(name, quiet)).filter((sentence) => sentence !== undefined);
  expect(sentences.length).toBeGreaterThan(4);
  sentences.forEach((sentence) => expect(sentence).toMatch(/^[A-Z].*\.$/));
  expect(obstacleOf('startTraining', quiet)).toBe('Open a folder of photographs first.');
  expect(obstacleOf('startTraining', { ...quiet, folderOpen: true, training: 'paused' })).toMatch(/^A training is running/);
});

test('of the themes exactly the chosen one is ticked', () => {
  const ticked = (['themeSystem', 'themeLight', 'themeDark'] as const).filter((name) => commandOf(name).ticked?.(quiet));
  expect(ticked).toEqual(['themeDark']);
});

test('no menu is empty, and none begins or ends with a line', () => {
  for (const { entries } of MENUS) {
    expect(entries.length).toBeGreaterThan(0);
    expect([entries[0], entries[entries.length - 1]].some((entry) => 'separator' in entry)).toBe(false);
  }
});

describe('accelerators', () => {
  test('are written as each system writes them', () => {
    expect(acceleratorText('CmdOrCtrl+Shift+P', false)).toBe('Ctrl+Shift+P');
    expect(acceleratorText('CmdOrCtrl+Shift+P', true)).toBe('⇧⌘P');
    expect(acceleratorText('CmdOrCtrl+Enter', true)).toBe('⌘↩');
  });

  test('are met by exactly their keys', () => {
    expect(isPressed('CmdOrCtrl+O', press('o', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed('CmdOrCtrl+O', press('o', { metaKey: true }), true)).toBe(true);
    expect(isPressed('CmdOrCtrl+O', press('o', { ctrlKey: true }), true)).toBe(false);
    expect(isPressed('CmdOrCtrl+O', press('O', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(isPressed('CmdOrCtrl+Shift+P', press('P', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(isPressed('CmdOrCtrl+O', press('o'), false)).toBe(false);
    expect(isPressed('F1', press('F1'), false)).toBe(true);
    expect(isPressed('F1', press('F1', { ctrlKey: true }), false)).toBe(false);
  });

  test('a sign may need Shift on some keyboards', () => {
    expect(isPressed('CmdOrCtrl+/', press('/', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed('CmdOrCtrl+/', press('/', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });
});
