import { z } from 'zod';
import { settingsSchema, THEMES } from '../settings.js';

export const settingsRequests = {
  readSettings: { body: z.strictObject({}), reply: settingsSchema },
  /** Forgets which folders were opened lately. */
  clearRecentFolders: { body: z.strictObject({}), reply: settingsSchema },
  changeSettings: { body: z.strictObject({ theme: z.enum(THEMES) }), reply: settingsSchema },
} as const;
