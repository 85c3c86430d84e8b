import { describeJourney } from './journey.js';

describeJourney('in Electron', () => Promise.resolve(undefined));
