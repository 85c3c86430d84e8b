import { describe, expect, test } from 'vitest';
import { Gate } from '../../../../src/main/hosts/web/gate.js';
import { Refused } from '../../../../src/main/hosts/window/refused.js';

const gate = new Gate(8600);

function asking(headers: Record<string, string>, url = '/') {
  return { headers: { host: '127.0.0.1:8600', ...headers }, url, method: 'GET' };
}

function statusOf(check: () => void): number {
  try {
    check();
    return 200;
  } catch (error) {
    if (error instanceof Refused) return error.status;
    throw error;
  }
}

describe('the launch token', () => {
  test('gives a cookie whose value is not the token', () => {
    const cookie = gate.admission(asking({}, `/?token=${gate.token}`));
    expect(cookie).toMatch(/^chromabench-8600=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/[\w-]{22}\/$/);
    expect(cookie?.endsWith(`Path=${gate.base}`)).toBe(true);
    expect(cookie).not.toContain(gate.token);
  });

  test.each(['/', '/?token=', '/?token=x', `/?token=${'x'.repeat(32)}`])('%s gives none', (url) => {
    expect(gate.admission(asking({}, url))).toBeUndefined();
  });
});

test('the cookie is found among others and compared as a whole', () => {
  const cookie = (gate.admission(asking({}, `/?token=${gate.token}`)) as string).split(';')[0];
  const at = (given: string, url = `${gate.base}door`) => statusOf(() => gate.checkSession(asking({ cookie: given }, url)));
  expect(gate.checkSession(asking({ cookie: `a=b; ${cookie}; c=d` }, `${gate.base}door`))).toBe('/door');
  expect(at(cookie.slice(0, -1))).toBe(403);
  expect(at(cookie.replace('8600', '8601'))).toBe(403);
  expect(at(cookie, '/door')).toBe(403);
  expect(at(cookie, gate.base.slice(0, -1))).toBe(403);
  expect(at(cookie, new Gate(8600).base)).toBe(403);
});

test.each([['127.0.0.1:8600', 200], ['localhost:8600', 200], ['127.0.0.1', 421], ['localhost:8601', 421], ['evil.example:8600', 421], ['', 421]])('host %s: %i', (host, status) => {
  expect(statusOf(() => gate.checkHost(asking({ host })))).toBe(status);
});

test('an origin is ours or none, and none only where pages name none', () => {
  expect(statusOf(() => gate.checkOrigin(asking({}), false))).toBe(200);
  expect(statusOf(() => gate.checkOrigin(asking({}), true))).toBe(403);
  expect(statusOf(() => gate.checkOrigin(asking({ origin: 'http://127.0.0.1:8600' }), true))).toBe(200);
  expect(statusOf(() => gate.checkOrigin(asking({ origin: 'http://localhost:8600' }), true))).toBe(403);
  expect(statusOf(() => gate.checkOrigin(asking({ origin: 'null' }), false))).toBe(403);
});
