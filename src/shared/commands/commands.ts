/**
 * Every command of the window, once: the native menu, the menu bar in the page and the accelerators are made from this.
 */

/** What decides whether a command can be given now. */
export interface CommandFacts {
  /** A folder of photographs is open. */
  folderOpen: boolean;
  /** What a training could be asked: nothing runs, it runs, it rests. */
  training: 'none' | 'running' | 'paused';
  /** The chosen run has curves and pictures to export. */
  runChosen: boolean;
}

export interface Command {
  label: string;
  /** As Electron writes it: `CmdOrCtrl+O`. */
  accelerator?: string;
  /** Whether it can be given now; always where absent. */
  enabled?(facts: CommandFacts): boolean;
}

const trainingIs = (...states: CommandFacts['training'][]) => ({ training }: CommandFacts) => states.includes(training);

export const COMMANDS = {
  openFolder: { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O' },
  openExamples: { label: 'Example Photographs' },
  colorize: { label: 'Colorize Photographs…', accelerator: 'CmdOrCtrl+Shift+C' },
  exportPictures: { label: 'Colorized Photographs…', enabled: ({ runChosen }) => runChosen },
  exportCharts: { label: 'Charts…', accelerator: 'CmdOrCtrl+Shift+E', enabled: ({ folderOpen, runChosen }) => folderOpen || runChosen },
  exportReport: { label: 'Report…', enabled: ({ runChosen }) => runChosen },
  startTraining: { label: 'Start Colorization Training', accelerator: 'CmdOrCtrl+Enter', enabled: ({ folderOpen, training }) => folderOpen && training === 'none' },
  pauseTraining: { label: 'Pause', accelerator: 'CmdOrCtrl+Shift+P', enabled: trainingIs('running') },
  resumeTraining: { label: 'Resume', accelerator: 'CmdOrCtrl+Shift+R', enabled: trainingIs('paused') },
  stopTraining: { label: 'Stop', enabled: trainingIs('running', 'paused') },
  showPhotographs: { label: 'Photographs', accelerator: 'CmdOrCtrl+1' },
  showTraining: { label: 'Train', accelerator: 'CmdOrCtrl+2' },
  showColorize: { label: 'Colorize', accelerator: 'CmdOrCtrl+3' },
  showRuns: { label: 'Runs', accelerator: 'CmdOrCtrl+4' },
  themeSystem: { label: 'Theme of the System' },
  themeLight: { label: 'Light Theme' },
  themeDark: { label: 'Dark Theme' },
  toggleInspector: { label: 'Inspector', accelerator: 'CmdOrCtrl+I' },
  showDoctor: { label: 'Doctor' },
  showGuide: { label: 'Guide' },
  showAbout: { label: 'About Chromabench' },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** The entry of a command without its particular type. */
export function commandOf(name: CommandName): Command {
  return COMMANDS[name];
}

export function isEnabled(name: CommandName, facts: CommandFacts): boolean {
  return commandOf(name).enabled?.(facts) ?? true;
}
