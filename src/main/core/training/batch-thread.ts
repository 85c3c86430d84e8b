/**
 * Entry of the thread that makes batches while the training steps run: decodes, cuts, converts to Lab, encodes.
 * TensorFlow is not loaded here: it lives once in a process.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { BinEncoder } from '../../../shared/colour/encode.js';
import { binsOfPrior, weightsOfPrior } from '../../../shared/run/prior.js';
import { Random } from '../../../shared/random.js';
import { UserError } from '../errors.js';
import type { BatchReply, BatchRequest, BatchThreadData } from './batch-protocol.js';
import { BatchMaker, cutMiddle, cutPiece, type Chance } from './batch.js';
import { drawLightnessChange } from './changed-lightness.js';
import { PatchPlan, type Patch } from './patch-plan.js';
import { FolderGone, PhotoStore, type SeenPhoto } from './photo-store.js';
import { SeenCache } from './seen-cache.js';

/** Share of the memory that validation photographs may take. */
const VALIDATION_MEMORY = 0.25;

class BatchThread {
  private readonly plan: PatchPlan;
  private readonly maker: BatchMaker;
  private readonly training: PhotoStore;
  private readonly validation: PhotoStore;
  private readonly skipped = new Set<string>();

  constructor(
    private readonly data: BatchThreadData,
    private readonly port: MessagePort,
  ) {
    const { folder, training, validation, memory, disk, prior, plan, encoding } = data;
    const cache = new SeenCache(disk);
    this.plan = new PatchPlan(training.map(({ seen }) => seen), plan);
    this.maker = new BatchMaker(new BinEncoder(binsOfPrior(prior), encoding), weightsOfPrior(prior));
    this.training = new PhotoStore(folder, training, memory * (1 - VALIDATION_MEMORY), cache);
    this.validation = new PhotoStore(folder, validation, memory * VALIDATION_MEMORY, cache);
  }

  async answer(request: BatchRequest): Promise<void> {
    try {
      const reply = await this.replyTo(request);
      this.port.postMessage(reply, buffersOf(reply));
    } catch (error) {
      const message = error instanceof UserError ? error.message : String(error instanceof Error ? error.stack : error);
      this.send({ id: request.id, kind: 'fault', message, forPerson: error instanceof UserError });
    }
  }

  private async replyTo(request: BatchRequest): Promise<BatchReply> {
    const { id } = request;
    if (request.kind === 'kept') return { id, kind: 'kept', bytes: this.training.keptBytes + this.validation.keptBytes };
    if (request.kind === 'training') {
      const patches = this.plan.patchesOf(request.step);
      const squares = await Promise.all(patches.map((patch, slot) => this.cut(patch, request.step, slot)));
      return { id, kind: 'batch', batch: this.maker.make(squares, this.data.grid, this.chanceOf(request.step)) };
    }
    const squares = await this.middleSquares(request.from, request.count, request.side);
    if (request.kind === 'squares') return { id, kind: 'squares', squares };
    return { id, kind: 'batch', batch: this.maker.make(squares, { ...this.data.grid, patch: request.side }) };
  }

  /** It depends on the seed, the step and the piece's place in it alone, as the pieces do. */
  private chanceOf(step: number): Chance {
    const { hints, lightness, wear, plan } = this.data;
    return {
      ...(hints && { hintsOf: (slot: number) => new Random(plan.seed, 'hints', step, slot) }),
      ...(lightness > 0 && { lightnessOf: (slot: number) => drawLightnessChange(lightness, new Random(plan.seed, 'lightness', step, slot)) }),
      ...(wear > 0 && { wear: { share: wear, randomOf: (slot: number) => new Random(plan.seed, 'wear', step, slot) } }),
    };
  }

  /** The piece asked for; where its photograph cannot be read, one of the next photograph that can. */
  private async cut(wanted: Patch, step: number, slot: number): Promise<Uint8Array> {
    const { length } = this.data.training;
    for (let tried = 0; tried < length; tried++) {
      const photo = (wanted.photo + tried) % length;
      const seen = await this.readable(this.training, this.data.training, photo);
      if (seen === undefined) continue;
      return cutPiece(seen, tried === 0 ? wanted : this.plan.replacement(step, slot, photo), this.data.plan.side);
    }
    throw new UserError(`None of the photographs in ${this.data.folder} can be read any more. Bring them back, then resume the run.`);
  }

  private async middleSquares(from: number, count: number, side: number): Promise<Uint8Array[]> {
    const wanted = Array.from({ length: count }, (_, k) => from + k);
    const photos = await Promise.all(wanted.map((photo) => this.readable(this.validation, this.data.validation, photo)));
    return photos.filter((photo) => photo !== undefined).map((photo) => cutMiddle(photo, side));
  }

  /** A photograph's pixels; undefined, and told once, where it cannot be read. */
  private async readable(store: PhotoStore, list: BatchThreadData['training'], photo: number): Promise<SeenPhoto | undefined> {
    const { path } = list[photo];
    if (this.skipped.has(path)) return undefined;
    try {
      return await store.get(photo);
    } catch (error) {
      if (error instanceof FolderGone || !(error instanceof UserError)) throw error;
      if (!this.skipped.has(path)) this.send({ kind: 'skipped', path, reason: error.message });
      this.skipped.add(path);
      return undefined;
    }
  }

  private send(reply: BatchReply): void {
    this.port.postMessage(reply);
  }
}

function buffersOf(reply: BatchReply): ArrayBuffer[] {
  if (reply.kind === 'squares') return reply.squares.map(({ buffer }) => buffer as ArrayBuffer);
  if (reply.kind !== 'batch') return [];
  const { lightness, hints, target, weight, truth } = reply.batch;
  return [lightness, ...(hints === undefined ? [] : [hints]), target, weight, truth.a, truth.b].map(({ buffer }) => buffer as ArrayBuffer);
}

if (parentPort !== null) {
  const thread = new BatchThread(workerData as BatchThreadData, parentPort);
  parentPort.on('message', (request: BatchRequest) => void thread.answer(request));
}
