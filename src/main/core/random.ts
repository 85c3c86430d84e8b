/** The program's one random generator, where the core looks for it. */
export { Random } from '../../shared/random.js';
