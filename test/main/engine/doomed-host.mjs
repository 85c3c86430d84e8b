/** A host that only starts one job; the test kills it. Arguments: module of handlers, folder that names the fault. */
import { Engine } from '../../../out/main/engine/engine.js';

const [handlersModule, folder] = process.argv.slice(2);
const engine = new Engine({ handlersModule });
engine.subscribe((event) => event.type === 'note' && process.send(event.note.message));
await engine.request('startJob', { kind: 'inspect', parameters: { folder } });
