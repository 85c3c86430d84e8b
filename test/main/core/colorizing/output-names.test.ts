import { describe, expect, it } from 'vitest';
import type { Input } from '../../../../src/main/core/colorizing/inputs.js';
import { outputNames } from '../../../../src/main/core/colorizing/output-names.js';

const inputsAt = (...places: string[]): Input[] => places.map((place) => ({ path: `/in/${place}`, place, given: false }));

describe('names of colorized pictures', () => {
  it('keep the tree and the name, with the ending of the format', () => {
    expect(outputNames(inputsAt('a.jpg', 'sub/b.TIFF', 'sub/c.v2.png'), '.png')).toEqual(['a.png', 'sub/b.png', 'sub/c.v2.png']);
  });

  it('are never given twice', () => {
    const names = outputNames(inputsAt('a.jpg', 'a.png', 'A.webp', 'a.jpeg', 'a (png).gif', 'a'), '.png');
    expect(names).toEqual(['a.png', 'a (png).png', 'A (webp).png', 'a (jpeg).png', 'a (png) (gif).png', 'a (no ending).png']);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('differ by more than case and by more than the coding of an accent', () => {
    const names = outputNames(inputsAt('caf\u00e9.jpg', 'cafe\u0301.jpg', 'CAFÉ.jpg'), '.png');
    expect(new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(3);
  });

  it('keep dots that belong to the name', () => {
    expect(outputNames(inputsAt('scan.1938', 'v1.2.jpg'), '.jpg')).toEqual(['scan.1938.jpg', 'v1.2.jpg']);
  });

  it('stay what they were in an earlier job, even when a namesake comes before', () => {
    const earlier = new Map([['/in/b.jpg', 'b.png'], ['/in/c.jpg', 'c.jpg']]);
    expect(outputNames(inputsAt('b.gif', 'b.jpg', 'c.jpg'), '.png', earlier)).toEqual(['b (gif).png', 'b.png', 'c.png']);
  });
});
