import { doctor as examine } from '../../core/doctor/index.js';
import type { Handler } from './handler.js';

export const doctor: Handler<'doctor'> = () => examine();
