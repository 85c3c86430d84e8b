/**
 * A gate through which only so much may be at a time: here memory, in bytes.
 */
export class Gate {
  private free: number;
  private readonly waiting: { weight: number; enter: () => void }[] = [];

  constructor(private readonly capacity: number) {
    this.free = capacity;
  }

  /**
   * Waits until there is room, first come first served; what is larger than the gate passes alone.
   * @returns what to call, once, to make room again
   */
  async enter(weight: number): Promise<() => void> {
    const taken = Math.min(weight, this.capacity);
    await new Promise<void>((enter) => {
      this.waiting.push({ weight: taken, enter });
      this.admit();
    });
    return () => {
      this.free += taken;
      this.admit();
    };
  }

  private admit(): void {
    while (this.waiting.length > 0 && this.waiting[0].weight <= this.free) {
      const next = this.waiting.shift()!;
      this.free -= next.weight;
      next.enter();
    }
  }
}
