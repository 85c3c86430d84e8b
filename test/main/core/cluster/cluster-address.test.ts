import { describe, expect, it } from 'vitest';
import { clusterAddress, demandPlain, placeBelow } from '../../../../src/main/core/cluster/cluster-address.js';

describe('an address of a cluster', () => {
  it('is taken with or without a path', () => {
    expect(clusterAddress('http://10.0.0.1:8265').href).toBe('http://10.0.0.1:8265/');
    expect(clusterAddress('https://ray.example/cluster').href).toBe('https://ray.example/cluster/');
  });

  it.each(['cluster', 'ftp://10.0.0.1', 'http://me:word@10.0.0.1', 'http://10.0.0.1/?token=abc', 'http://10.0.0.1/#abc'])('is refused as %s, and what could be a secret is not repeated', (text) => {
    expect(() => clusterAddress(text)).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/abc|word@/) as string }) as Error);
  });
});

describe('a place that machines see', () => {
  it('goes on below it, before what an address has behind a question mark', () => {
    expect(placeBelow('/shared/runs/', 'one')).toBe('/shared/runs/one');
    expect(placeBelow('s3://bucket/runs?endpoint_override=127.0.0.1:9000&scheme=http', 'one')).toBe('s3://bucket/runs/one?endpoint_override=127.0.0.1:9000&scheme=http');
    expect(placeBelow('/odd?name', 'one')).toBe('/odd?name/one');
  });

  it('holds no secret', () => {
    expect(() => demandPlain('s3://KEY:SECRET@bucket/x', '--storage')).toThrow('credentials');
    expect(() => demandPlain('s3://KEY@bucket/x', '--storage')).toThrow('credentials');
    expect(() => demandPlain('s3://bucket/a@b', '--storage')).not.toThrow();
    expect(() => demandPlain('/a@b', '--storage')).not.toThrow();
  });
});
