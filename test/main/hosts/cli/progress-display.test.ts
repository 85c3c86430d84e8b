import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { progressDisplay } from '../../../../src/main/hosts/cli/progress-display.js';

const reading = { phase: 'Reading photographs', total: 400, unit: 'photographs' };

function stream(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const through = new PassThrough().setEncoding('utf8');
  return { stream: Object.assign(through, { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream, text: () => String(through.read() ?? '') };
}

describe('elsewhere than on a terminal', () => {
  test('a phase has a first and a last line and few between', () => {
    const { stream: to, text } = stream(false);
    const display = progressDisplay(to);
    for (let done = 0; done <= 400; done++) display.progress({ ...reading, done });
    display.line('one.jpg is damaged');
    display.end();
    expect(text()).toBe('Reading photographs: 400 photographs\nReading photographs: 400 of 400 photographs, 100 %\none.jpg is damaged\n');
  });
});

describe('on a terminal', () => {
  test('one line is drawn over and over, others stay above it, and the cursor comes back', async () => {
    const { stream: to, text } = stream(true);
    const display = progressDisplay(to);
    display.progress({ ...reading, done: 100 });
    display.details('loss 3.2');
    await new Promise((resolve) => setTimeout(resolve, 300));
    display.line('one.jpg is damaged');
    display.end();
    const written = text();
    expect(written).toContain('Reading photographs ████░░░░░░░░░░░░ 100 of 400 photographs · 25 % · loss 3.2');
    expect(written).toContain('one.jpg is damaged\n');
    expect(written.lastIndexOf('\x1b[?25h')).toBeGreaterThan(written.lastIndexOf('\x1b[?25l'));
  });

  test('nothing is drawn where nothing was told', () => {
    const { stream: to, text } = stream(true);
    progressDisplay(to).end();
    expect(text()).toBe('');
  });
});
