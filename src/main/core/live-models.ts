/** The weights that photographs are looked at with: those of one run and step at a time. */
import type { OpenWeights } from '../../shared/contract/live-view.js';
import { LiveModel } from './colorizing/live-model.js';
import type { LivePicture } from './colorizing/live-picture.js';
import { type CheckpointChoice, type Colorizer, openColorizer, openRun } from './runs/index.js';

export class LiveModels {
  private current: HeldModel | undefined;

  /** Opens weights before they are needed, and says what they are. @throws UserError when it is no run or has no such checkpoint. */
  async open(path: string, checkpoint: CheckpointChoice): Promise<OpenWeights> {
    const run = await openRun(path);
    const [chosen, newest, prior] = await Promise.all([run.checkpoint(checkpoint), run.checkpoint('newest'), run.prior()]);
    const { seenSide, takesHints, temperature } = await this.model(path, chosen.step).use(({ network }) => network);
    return {
      step: chosen.step, newest: newest.step, seenSide, takesHints, temperature, window: prior.window,
      bins: prior.bins.map(({ row, column, a, b }) => ({ row, column, a, b })),
    };
  }

  /** Does something with a photograph beside the weights of a step. @throws UserError where either cannot be opened. */
  withPicture<R>(run: string, step: number, path: string, work: (picture: LivePicture) => R | Promise<R>): Promise<R> {
    return this.model(run, step).use(async (model) => work(await model.picture(path)));
  }

  private model(run: string, step: number): HeldModel {
    if (this.current?.isOf(run, step)) return this.current;
    this.current?.retire();
    return (this.current = new HeldModel(run, step));
  }
}

/** Open weights that go when others came and nobody is at work with them any more. */
class HeldModel {
  private readonly model: Promise<LiveModel<Colorizer>>;
  private users = 0;
  private retired = false;
  private failed = false;

  constructor(private readonly run: string, private readonly step: number) {
    this.model = openColorizer(run, { checkpoint: step }).then((network) => new LiveModel(network));
    this.model.catch(() => (this.failed = true));
  }

  /** Whether it is open for that; weights that could not be opened are tried again. */
  isOf(run: string, step: number): boolean {
    return !this.failed && run === this.run && step === this.step;
  }

  async use<R>(work: (model: LiveModel<Colorizer>) => R | Promise<R>): Promise<R> {
    this.users++;
    try {
      return await work(await this.model);
    } finally {
      this.users--;
      this.closeWhenIdle();
    }
  }

  retire(): void {
    this.retired = true;
    this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    if (this.retired && this.users === 0) void this.model.then(({ network }) => network.close(), () => {});
  }
}
