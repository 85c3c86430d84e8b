import { describe, expect, test } from 'vitest';
import { acceleratorText, isPressed, type KeyPress } from '../../../src/shared/commands/accelerator.js';
import { COMMANDS, type CommandFacts, commandOf, type CommandName, isEnabled } from '../../../src/shared/commands/commands.js';
import { type MenuEntry, MENUS } from '../../../src/shared/commands/menus.js';

const names = Object.keys(COMMANDS) as CommandName[];
const quiet: CommandFacts = { folderOpen: false, training: 'none', runChosen: false };

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
  });
});
