import { expect, test } from 'vitest';
import { parseInstructionSets, parseQuota } from '../../../../src/main/core/doctor/processor.js';

test('instruction sets are named as people know them, from the flags of the first processor', () => {
  const cpuinfo = 'processor\t: 0\nflags\t\t: fpu sse4_2 avx avx2 fma avx512f avx512_vnni\n\nprocessor\t: 1\nflags\t\t: fpu\n';
  expect(parseInstructionSets(cpuinfo)).toEqual(['SSE4.2', 'AVX', 'AVX2', 'FMA', 'AVX512F', 'AVX512-VNNI']);
  expect(parseInstructionSets('flags\t\t: avx512_vnni_like avx2x\n')).toEqual([]);
  expect(parseInstructionSets(undefined)).toEqual([]);
});

test.each([
  ['200000 100000\n', 2],
  ['150000 100000\n', 1.5],
  ['max 100000\n', undefined],
  ['', undefined],
])("a container's cpu.max of %j grants %s processors", (text, quota) => {
  expect(parseQuota(text)).toBe(quota);
});
