import { makeCatalogue } from '../../core/catalogue/make-catalogue.js';
import type { Handler } from './handler.js';

export const scan: Handler<'scan'> = ({ folder }, context) => makeCatalogue(folder, context);
