import { GraphError } from './errors.js';
import type { Graph, Tensor } from './graph.js';
import type { Initializer } from './initializers.js';
import type { DType } from './dtype.js';
import { readVariable, variableHandle } from './operations/state.js';
import { formatShape } from './shape.js';

/** A named value that lives in the session from step to step and goes into checkpoints. */
export interface Variable {
  name: string;
  dtype: DType;
  shape: readonly number[];
  /** Axes are [height, width, out, in], as a transposed convolution takes them; of other kernels in comes before out. */
  transposed: boolean;
  /** Changed by training; running averages and optimizer slots are not. */
  trainable: boolean;
  initializer: Initializer;
  /** The resource itself, for operations that change it. */
  handle: Tensor;
  /** Its value when the step begins. */
  value: Tensor;
}

export interface VariableOptions {
  name: string;
  shape: readonly number[];
  initializer: Initializer;
  dtype?: DType;
  transposed?: boolean;
  trainable?: boolean;
}

/** A variable and the moving average of its values. */
export interface AveragedVariable {
  variable: Variable;
  /** `average/NAME`; what moves it is `moveAverages`. */
  average: Variable;
}

/** The variables of a graph. Names are absolute, whatever the scope: training and inference share them by name. */
export class Variables {
  private readonly byName = new Map<string, Variable>();
  private readonly averageByName = new Map<string, AveragedVariable>();
  private sharesAverages = false;

  constructor(private readonly graph: Graph) {}

  /** In the order they were made. */
  get all(): readonly Variable[] {
    return [...this.byName.values()];
  }

  get trainable(): readonly Variable[] {
    return this.all.filter((variable) => variable.trainable);
  }

  /** Those that have a moving average. */
  get averaged(): readonly AveragedVariable[] {
    return [...this.averageByName.values()];
  }

  /** The variable of that name. @throws Error where there is none. */
  named(name: string): Variable {
    const found = this.byName.get(name);
    if (found === undefined) throw new GraphError(name, 'VarHandleOp', 'there is no variable of this name');
    return found;
  }

  /**
   * Has something made of moving averages: as long as `make` runs, `share` returns the average of the variable that is asked for, and makes it
   * where there is none yet.
   */
  withAverages<T>(make: () => T): T {
    this.sharesAverages = true;
    try {
      return make();
    } finally {
      this.sharesAverages = false;
    }
  }

  /** Makes a variable, or returns the one of that name where it exists already with the same type and shape. */
  share(options: VariableOptions): Variable {
    const variable = this.shareItself(options);
    return this.sharesAverages ? this.averageOf(variable) : variable;
  }

  private averageOf(variable: Variable): Variable {
    const { name, shape, dtype, transposed, initializer } = variable;
    const known = this.averageByName.get(name);
    if (known !== undefined) return known.average;
    // It begins where the variable begins, drawn alike.
    const average = this.create({ name: `average/${name}`, shape, dtype, transposed, trainable: false, initializer: (request) => initializer({ ...request, use: name }) });
    this.averageByName.set(name, { variable, average });
    return average;
  }

  private shareItself(options: VariableOptions): Variable {
    const existing = this.byName.get(options.name);
    if (existing === undefined) return this.create(options);
    const { dtype = 'float32', shape, name } = options;
    if (existing.dtype !== dtype || formatShape(existing.shape) !== formatShape(shape)) {
      throw new GraphError(
        name,
        'VarHandleOp',
        `the variable exists as ${existing.dtype} ${formatShape(existing.shape)} and is asked for as ${dtype} ${formatShape(shape)}`,
      );
    }
    return existing;
  }

  /** Makes a variable. @throws GraphError where the name is taken. */
  create({ name, shape, initializer, dtype = 'float32', transposed = false, trainable = true }: VariableOptions): Variable {
    if (this.byName.has(name)) throw new GraphError(name, 'VarHandleOp', 'a variable of this name exists already');
    const variable = this.graph.atRoot(() => {
      const handle = variableHandle(this.graph, name, dtype, shape);
      return { name, dtype, shape, transposed, trainable, initializer, handle, value: readVariable(handle, `${name}/read`) };
    });
    this.byName.set(name, variable);
    return variable;
  }
}
