/** What the program remembers of its user between starts. */
import { z } from 'zod';

export const THEMES = ['system', 'light', 'dark'] as const;

export const settingsSchema = z.object({
  theme: z.enum(THEMES).default('system'),
  /** Folders opened lately, newest first. */
  recentFolders: z.array(z.string()).default([]),
  /** Runs that lie elsewhere than in the folder of runs. */
  runsElsewhere: z.array(z.string()).default([]),
  /** Runs of the laboratories that lie elsewhere than in their folder. */
  labsElsewhere: z.array(z.string()).default([]),
  /** Graphs opened lately, newest first. */
  recentGraphs: z.array(z.string()).default([]),
});
export type Settings = z.infer<typeof settingsSchema>;
