/** Colour hints of the window on their way to the engine: none is lost, none reaches another photograph. */
import { createPinia, setActivePinia } from 'pinia';
import { type EffectScope, effectScope, nextTick, shallowRef } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useHintHistory } from '../../src/renderer/stores/hint-history.js';
import { useHintKeeping } from '../../src/renderer/stores/hint-keeping.js';
import { type PhotoHints, usePhotoHints } from '../../src/renderer/views/colorize/photo-hints.js';
import type { Hint } from '../../src/shared/colour/hints.js';
import type { LiveFacts } from '../../src/shared/contract/live-view.js';

interface Waiting {
  name: string;
  body: { content?: string; hints?: Hint[] };
  answer(reply: unknown): void;
  fail(error: Error): void;
}

/** Requests that wait to be answered; what is kept, as an engine keeps it that answers; those who watch the engine. */
const { waiting, kept, engines } = vi.hoisted(() => ({
  waiting: [] as Waiting[], kept: new Map<string, unknown>(), engines: new Set<(state: { state: string; generation: number }) => void>(),
}));
vi.mock('../../src/renderer/api/door.js', () => ({
  door: {
    request: (name: string, body: Waiting['body']) => new Promise((answer, fail) => waiting.push({ name, body, answer, fail })),
    watchLink: (listener: (link: string) => void) => (listener('open'), () => {}),
    watchEngine: (listener: (state: { state: string; generation: number }) => void) => (engines.add(listener), () => {}),
  },
}));

/** What browsers share among their pages. */
class Shelf implements Storage {
  private readonly entries = new Map<string, string>();
  get length(): number {
    return this.entries.size;
  }
  key = (k: number) => [...this.entries.keys()][k] ?? null;
  getItem = (name: string) => this.entries.get(name) ?? null;
  setItem = (name: string, value: string) => void this.entries.set(name, value);
  removeItem = (name: string) => void this.entries.delete(name);
  clear = () => this.entries.clear();
}
/** Locks that are held by pages that are there. */
const held = new Set<string>();
const locks = {
  request: (name: string, ...rest: unknown[]) => {
    const work = rest.at(-1) as (lock: object | null) => unknown;
    const lock = held.has(name) ? null : {};
    if (rest.length === 1) held.add(name);
    return Promise.resolve(work(lock));
  },
};

let scope: EffectScope;
let hints: PhotoHints;
const shown = shallowRef<LiveFacts>();
const photograph = (name: string): LiveFacts => ({
  width: 4, height: 3, shownWidth: 4, shownHeight: 3, format: 'png', depth: 8, fileBytes: 7, content: name.repeat(64), gray: true,
});
const [A, B] = [photograph('a'), photograph('b')];
const red: Hint = { x: 0.5, y: 0.5, a: 40, b: 20 };
const blue: Hint = { ...red, a: 10, b: -40 };

async function rest(): Promise<void> {
  await new Promise((done) => setTimeout(done));
  await nextTick();
}

/** Answers whatever waits as an engine would, until nobody asks. @param but Names that stay without an answer. */
async function engineAnswers(...but: string[]): Promise<void> {
  await rest();
  for (let k = waiting.findIndex(({ name }) => !but.includes(name)); k >= 0; k = waiting.findIndex(({ name }) => !but.includes(name))) {
    const [{ name, body, answer }] = waiting.splice(k, 1);
    if (name === 'keepHints') kept.set(body.content!, body.hints);
    const list = name === 'readHints' ? (kept.get(body.content!) ?? []) : body.hints;
    answer({ hints: list, id: `of ${JSON.stringify(list)}` });
    await rest();
  }
}

async function look(at: LiveFacts | undefined): Promise<void> {
  shown.value = at;
  await nextTick();
}

/** A page is opened, in the world of the browser that was there before. */
function openPage(): void {
  setActivePinia(createPinia());
  scope = effectScope();
  hints = scope.run(() => usePhotoHints(shown))!;
}

/** The page is gone, and whatever it asked and was not answered. */
function closePage(): void {
  scope.stop();
  held.clear();
  waiting.length = 0;
}

function place(hint: Hint): void {
  hints.choose(undefined);
  hints.draft(hints.changed({ a: hint.a, b: hint.b }, hint)!);
  hints.settle();
}

beforeEach(async () => {
  vi.stubGlobal('localStorage', new Shelf());
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('document', { hidden: true });
  kept.clear();
  waiting.length = 0;
  held.clear();
  engines.clear();
  shown.value = A;
  openPage();
  await engineAnswers();
});

afterEach(() => {
  closePage();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a hint that was placed', () => {
  it('is kept where the person walks on before the one before it was', async () => {
    place(red);
    place(blue);
    await look(B);
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([red, blue]);
    expect(kept.has(B.content)).toBe(false);
    expect(hints.hints.value).toEqual([]);
  });

  it('is kept in the middle of being moved, and not for the photograph that came', async () => {
    place(red);
    hints.draft(hints.changed({ x: 0.25 })!);
    shown.value = B;
    // What the mark says as it goes.
    hints.settle();
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([{ ...red, x: 0.25 }]);
    expect(kept.has(B.content)).toBe(false);
  });

  it('is there on the way back though the engine does not have it yet', async () => {
    place(red);
    await look(B);
    await engineAnswers('keepHints');
    await look(A);
    await engineAnswers('keepHints');
    expect(hints.hints.value).toEqual([red]);
    place(blue);
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([red, blue]);
  });

  it('is kept where the screen is left, or nothing is shown any more', async () => {
    place(red);
    hints.draft(hints.changed({ x: 0.75 })!);
    scope.stop();
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([{ ...red, x: 0.75 }]);
  });

  it('is undone for good where the person walks on at once', async () => {
    place(red);
    await engineAnswers();
    place(blue);
    hints.undo();
    await look(undefined);
    await look(B);
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([red]);
  });

  it('goes to the engine in the order of the changes, one of a photograph at a time', async () => {
    place(red);
    place(blue);
    hints.remove();
    await rest();
    const told = waiting.filter(({ name }) => name === 'keepHints');
    expect(told.length).toBe(1);
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([red]);
  });
});

it('a hint is kept where the browser has no room to write it down', async () => {
  vi.spyOn(localStorage, 'setItem').mockImplementation(() => {
    throw new Error('QuotaExceededError');
  });
  place(red);
  await engineAnswers();
  expect(kept.get(A.content)).toEqual([red]);
});

describe('an engine that cannot keep a hint', () => {
  it('is told again, and says meanwhile what is the matter', async () => {
    place(red);
    await engineAnswers('keepHints');
    vi.useFakeTimers();
    waiting.splice(0)[0].fail(new Error('The disk is full.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(useHintKeeping().failure).toBe('The disk is full.');
    const refused = expect(useHintKeeping().settled()).rejects.toThrow(/not kept yet: The disk is full/);
    await vi.advanceTimersByTimeAsync(0);
    waiting.splice(0)[0].fail(new Error('The disk is full.'));
    await refused;
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([red]);
    expect(useHintKeeping().failure).toBeUndefined();
  });

  it('gets it when it was started again, and what is undone stays to be made again', async () => {
    place(red);
    await engineAnswers('keepHints');
    waiting.splice(0)[0].fail(new Error('The engine ended.'));
    await rest();
    engines.forEach((tell) => tell({ state: 'running', generation: 2 }));
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([red]);
    expect([hints.hints.value, hints.id.value, hints.canUndo.value]).toEqual([[red], `of ${JSON.stringify([red])}`, true]);
  });

  it('is waited for before an export or a file', async () => {
    place(red);
    await look(B);
    const settled = vi.fn();
    void useHintKeeping().settled().then(settled);
    await engineAnswers('keepHints');
    expect(settled).not.toHaveBeenCalled();
    await engineAnswers();
    expect(settled).toHaveBeenCalled();
  });
});

describe('a page that goes', () => {
  it('leaves what was not kept to the next one', async () => {
    place(red);
    await engineAnswers('keepHints');
    closePage();
    expect(kept.size).toBe(0);
    openPage();
    await engineAnswers();
    expect(hints.hints.value).toEqual([red]);
    expect(kept.get(A.content)).toEqual([red]);
    expect(localStorage.length).toBe(0);
  });

  it('leaves nothing to a page beside it while it is there itself', async () => {
    place(red);
    await engineAnswers('keepHints');
    const [own, before] = [hints, waiting.length];
    openPage();
    await engineAnswers('keepHints');
    expect(hints.hints.value).toEqual([]);
    expect(waiting.length).toBe(before);
    expect(own.hints.value).toEqual([red]);
    expect(localStorage.length).toBe(1);
  });

  it.each([
    ['of no form', '{"x":', '{"x":'],
    ['that is no record', '[3]', '[3]'],
    ['with entries of no known form', JSON.stringify({ [A.content]: { bytes: 7, hints: [red] }, [B.content]: { bytes: 7, hints: 'of another version' }, third: { bytes: 7, hints: [] } }),
      JSON.stringify({ [B.content]: { bytes: 7, hints: 'of another version' }, third: { bytes: 7, hints: [] } })],
  ])('leaves a record %s as far as it is not understood, and goes on', async (_, left, rest) => {
    closePage();
    localStorage.setItem('chromabench.unkept-hints.gone', left);
    localStorage.setItem('somebody.else', '{}');
    openPage();
    await engineAnswers();
    expect(hints.hints.value).toEqual(left.includes(A.content) ? [red] : []);
    expect(kept.get(A.content)).toEqual(left.includes(A.content) ? [red] : undefined);
    expect(localStorage.getItem('chromabench.unkept-hints.gone')).toBe(rest);
    expect(localStorage.getItem('somebody.else')).toBe('{}');
  });
});

describe('of two pages with hints for one photograph', () => {
  /** A hint is given on the first page, which the engine does not hear; then another one on a second page beside it. */
  async function differ(): Promise<{ first: EffectScope }> {
    place(red);
    await engineAnswers('keepHints');
    const first = scope;
    waiting.splice(0).forEach(({ fail }) => fail(new Error('The engine ended.')));
    await new Promise((done) => setTimeout(done, 2));
    openPage();
    await engineAnswers('keepHints');
    place(blue);
    return { first };
  }

  /** The first one is gone, and lets go of its name. */
  function leave(first: EffectScope): void {
    first.stop();
    const own = [...held][0];
    held.delete(own);
    expect(localStorage.getItem(own)).toContain('"a":40');
  }

  it('the later ones stay where the page with the earlier ones goes', async () => {
    const { first } = await differ();
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([blue]);
    leave(first);
    await look(B);
    await engineAnswers();
    await look(A);
    await engineAnswers();
    expect(hints.hints.value).toEqual([blue]);
    expect(kept.get(A.content)).toEqual([blue]);
    expect([...held].flatMap((name) => localStorage.getItem(name) ?? [])).toEqual([]);
  });

  it('the later ones stay where the engine has none of them yet', async () => {
    const { first } = await differ();
    await engineAnswers('keepHints');
    leave(first);
    await look(B);
    await engineAnswers('keepHints');
    await look(A);
    await engineAnswers();
    expect(hints.hints.value).toEqual([blue]);
    expect(kept.get(A.content)).toEqual([blue]);
  });

  it('the later ones stay where both tell theirs again', async () => {
    await differ();
    await engineAnswers();
    engines.forEach((tell) => tell({ state: 'running', generation: 2 }));
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([blue]);
    expect([...held].flatMap((name) => localStorage.getItem(name) ?? [])).toEqual([]);
  });

  it('those of the page that goes stay where they are the later ones', async () => {
    place(red);
    await engineAnswers('keepHints');
    const [first, own] = [scope, [...held][0]];
    openPage();
    await engineAnswers('keepHints');
    await look(B);
    await engineAnswers('keepHints');
    localStorage.setItem('chromabench.kept-hints', JSON.stringify({ [A.content]: 5 }));
    first.stop();
    held.delete(own);
    await look(A);
    await engineAnswers();
    expect(hints.hints.value).toEqual([red]);
    expect(kept.get(A.content)).toEqual([red]);
  });
});

describe('what is given while others are told', () => {
  it('is waited for too, whichever photograph it belongs to', async () => {
    place(red);
    await engineAnswers('keepHints');
    const settled = useHintKeeping().settled();
    await rest();
    useHintKeeping().keep(B.content, 7, [blue]);
    await engineAnswers();
    await expect(settled).resolves.toBeUndefined();
    expect(kept.get(B.content)).toEqual([blue]);
  });

  it('is told at once, at whatever moment it comes', async () => {
    const keeping = useHintKeeping();
    for (let ticks = 0; ticks < 12; ticks++) {
      keeping.keep(A.content, 7, [red]);
      await rest();
      waiting.splice(0).forEach(({ answer }) => answer({ hints: [red], id: 'red' }));
      for (let k = 0; k < ticks; k++) await Promise.resolve();
      keeping.keep(A.content, 7, [blue]);
      await rest();
      await engineAnswers();
      expect(kept.get(A.content)).toEqual([blue]);
      expect(keeping.unkept.size).toBe(0);
      kept.clear();
    }
  });
});

describe('what was changed of a photograph', () => {
  it('can be undone and made again after another one was shown, or another screen', async () => {
    place(red);
    place(blue);
    hints.undo();
    await look(B);
    await engineAnswers();
    expect([hints.canUndo.value, hints.canRedo.value]).toEqual([false, false]);
    place(blue);
    await look(A);
    await engineAnswers();
    expect([hints.canUndo.value, hints.canRedo.value]).toEqual([true, true]);
    hints.redo();
    expect(hints.hints.value).toEqual([red, blue]);
    scope.stop();
    scope = effectScope();
    hints = scope.run(() => usePhotoHints(shown))!;
    await engineAnswers();
    hints.undo();
    hints.undo();
    expect(hints.hints.value).toEqual([]);
    expect(hints.canUndo.value).toBe(false);
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([]);
  });

  it('can be brought back where a file gave the photograph others', async () => {
    place(red);
    await engineAnswers();
    kept.set(A.content, [blue]);
    void hints.read();
    await engineAnswers();
    expect(hints.hints.value).toEqual([blue]);
    hints.undo();
    await engineAnswers();
    expect(kept.get(A.content)).toEqual([red]);
    hints.redo();
    expect(hints.hints.value).toEqual([blue]);
  });

  it('is forgotten of those that were changed longest ago, and of many changes the first', () => {
    const history = useHintHistory();
    const many = Array.from({ length: 1000 }, () => ({ hints: [red] }));
    for (let k = 0; k < 1000; k++) history.remember(String(k), { past: many, future: many }, []);
    const known = Array.from({ length: 1000 }, (_, k) => history.recall(String(k), [])).filter(({ past }) => past.length > 0);
    expect(known.length).toBe(200);
    expect(Math.max(...known.map(({ past }) => past.length))).toBe(200);
    expect(history.recall('999', []).future.length).toBe(200);
  });
});

it('nothing can be changed before it is known what was kept', async () => {
  kept.set(B.content, [blue]);
  await look(B);
  place(red);
  await engineAnswers();
  expect(hints.hints.value).toEqual([blue]);
  expect(kept.get(B.content)).toEqual([blue]);
});
