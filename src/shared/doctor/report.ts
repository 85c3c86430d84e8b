/** What the program finds out about its surroundings, as the contract names it; sizes in bytes. */
import type { z } from 'zod';
import type { doctor } from '../contract/kinds/doctor.js';

export type DoctorReport = z.output<typeof doctor.result>;
/** Facts without a judgement. */
export type Facts = Omit<DoctorReport, 'problems'>;
export type EngineFacts = Facts['engine'];
export type ProcessorFacts = Facts['processor'];
export type MemoryFacts = Facts['memory'];
export type CacheFacts = Facts['cache'];
/** A fault keeps the program from its work; a remark says what could be better. */
export type Problem = DoctorReport['problems'][number];
