/** A Ray cluster of one machine: a head on this one, whose processes are known by their environment and ended with it. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';

/** A Python with Ray and TensorFlow; the runner of the tests sets it up. */
export const CLUSTER_PYTHON = process.env['CHROMABENCH_CLUSTER_PYTHON'] ?? '';

const MARK = 'CHROMABENCH_TEST_HEAD';
const START_MS = 120_000;

export class RayHead {
  private constructor(readonly address: string, private readonly mark: string) {}

  /** @param folder For what Ray writes; a short path, since sockets lie in it. */
  static async start(folder: string, processors = 3): Promise<RayHead> {
    const [port, dashboard, agent, client] = await freePorts(4);
    const mark = `${MARK}=${randomUUID()}`;
    const environment = { ...process.env, [MARK]: mark.slice(MARK.length + 1), PATH: `${join(CLUSTER_PYTHON, '..')}:${process.env['PATH']}`, TMPDIR: folder, RAY_USAGE_STATS_ENABLED: '0', TF_CPP_MIN_LOG_LEVEL: '2' };
    spawn(CLUSTER_PYTHON, [
      '-m', 'ray.scripts.scripts', 'start', '--head', `--port=${port}`, '--include-dashboard=true', '--dashboard-host=127.0.0.1', `--dashboard-port=${dashboard}`,
      `--dashboard-agent-listen-port=${agent}`, `--ray-client-server-port=${client}`, `--num-cpus=${processors}`, '--object-store-memory=200000000', '--disable-usage-stats', `--temp-dir=${folder}`,
    ], { env: environment, stdio: 'ignore' });
    const head = new RayHead(`http://127.0.0.1:${dashboard}`, mark);
    await head.answering();
    return head;
  }

  /** Processes of the head and of all that runs on it. */
  processes(): { pid: number; command: string }[] {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => textOf(pid, 'environ').split('\0').includes(this.mark))
      .map((pid) => ({ pid, command: textOf(pid, 'cmdline').replaceAll('\0', ' ') }));
  }

  /** Ends every process of it. */
  async stop(): Promise<void> {
    for (let left = this.processes(); left.length > 0; left = this.processes()) {
      for (const { pid } of left) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself.
        }
      }
      await setTimeout(200);
    }
  }

  private async answering(): Promise<void> {
    for (const end = Date.now() + START_MS; ; await setTimeout(500)) {
      const ok = await fetch(`${this.address}/api/version`).then((response) => response.ok, () => false);
      if (ok) return;
      if (Date.now() > end) {
        await this.stop();
        throw new Error('the Ray head does not answer');
      }
    }
  }
}

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
